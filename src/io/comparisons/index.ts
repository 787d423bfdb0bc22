export type { WinnerIs } from './choose-verdict.ts';
export type { ComparisonForm } from './comparison-forms.ts';
export type { Container } from './container.ts';
export type { FeatureForm } from './feature-values.ts';
export type { InvalidReport, InvalidValue } from './invalid-values.ts';
export { readAnswers, readComparisons, readRatingMatrix, readRenames } from './lazy-readers.ts';
export { LEAK_WORDS } from './leak-words.ts';
export type { ReadAnswer, ReadAnswersOptions } from './read-answers.ts';
export type {
  ComparisonFileReport,
  ComparisonFiles,
  ComparisonSource,
} from './read-comparisons.ts';
export type { ReadComparisonsOptions } from './read-options.ts';
export type { RatingMatrix } from './read-rating-matrix.ts';
export { shortFileName } from './short-file-name.ts';
