export {
  AtomicFile,
  type AtomicFileOptions,
  syncFolder,
  TEMPORARY_SUFFIX,
  writeFileAtomically,
} from './atomic-file.ts';
export { type FileIntent, fileError, systemCode } from './file-error.ts';
export { type FileLayer, type FileStatus, nodeFiles } from './file-layer.ts';
export { LinePages, type LinePagesOptions } from './line-pages.ts';
export { type ReadLinesOptions, readLines } from './line-reader.ts';
export type { Line } from './line-splitter.ts';
export { NamelessFile } from './nameless-file.ts';
export { writeAll, writeAllSync } from './write-all.ts';
