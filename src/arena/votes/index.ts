export type { WinnerIs } from './choose-verdict.ts';
export type { ComparisonForm } from './comparison-forms.ts';
export type { Container } from './container.ts';
export type { FeatureForm } from './feature-values.ts';
export type { InvalidReport, InvalidValue } from './invalid-values.ts';
export { readPanelVerdicts } from './panel-verdicts.ts';
export { type ReadAnswer, type ReadAnswersOptions, readAnswers } from './read-answers.ts';
export {
  type ComparisonFileReport,
  type ComparisonFiles,
  type ComparisonSource,
  readComparisons,
} from './read-comparisons.ts';
export type { ReadComparisonsOptions } from './read-options.ts';
export { type RatingMatrix, readRatingMatrix } from './read-rating-matrix.ts';
export { readRenames } from './read-renames.ts';
export { shortFileName } from './short-file-name.ts';
