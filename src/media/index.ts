export type { MediaTarget } from './conversion/convert-part.ts';
export type { MediaFinding } from './findings/media-finding.ts';
export { MediaProblem } from './findings/media-problem.ts';
export type { RowFindings } from './opened-media.ts';
export { RunMedia } from './run-media.ts';
