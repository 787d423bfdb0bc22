export type { ComparisonForm } from './delimited-columns.ts';
export type { FeatureForm } from './feature-values.ts';
export type { Container } from './form-reader.ts';
export type { InvalidReport, InvalidValue } from './invalid-values.ts';
export { readAnswers, readComparisons, readRatingMatrix } from './lazy-readers.ts';
export { LEAK_WORDS } from './leak-words.ts';
export type { ReadAnswer, ReadAnswersOptions } from './read-answers.ts';
export type {
  ComparisonFileReport,
  ComparisonFiles,
  ComparisonSource,
} from './read-comparisons.ts';
export type { ReadComparisonsOptions } from './read-options.ts';
export { shortFileName } from './short-file-name.ts';
