export {
  AtomicFile,
  type AtomicFileOptions,
  syncFolder,
  TEMPORARY_SUFFIX,
  writeFileAtomically,
} from './atomic-file.ts';
export {
  type ComparisonFileReport,
  type ComparisonFiles,
  type ComparisonForm,
  type ComparisonSource,
  type Container,
  type FeatureForm,
  type InvalidReport,
  type InvalidValue,
  LEAK_WORDS,
  type RatingMatrix,
  type ReadAnswer,
  type ReadAnswersOptions,
  type ReadComparisonsOptions,
  readAnswers,
  readComparisons,
  readRatingMatrix,
  readRenames,
  shortFileName,
  type WinnerIs,
} from './comparisons/index.ts';
export { type FileIntent, fileError, systemCode } from './file-error.ts';
export { type FileLayer, type FileStatus, nodeFiles } from './file-layer.ts';
export { LinePages, type LinePagesOptions } from './line-pages.ts';
export { type ReadLinesOptions, readLines } from './line-reader.ts';
export type { Line } from './line-splitter.ts';
export { writeAll, writeAllSync } from './write-all.ts';
