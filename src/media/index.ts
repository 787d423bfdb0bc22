export { type BroughtFile, FileBringer } from './bring-file.ts';
export type { MediaTarget } from './conversion/convert-part.ts';
export type { MediaFinding } from './findings/media-finding.ts';
export { MediaProblem } from './findings/media-problem.ts';
export { type RowFindings, RunMedia, type RunMediaOptions } from './run-media.ts';
