export type { ComparisonForm } from './delimited-columns.ts';
export type { FeatureForm } from './feature-values.ts';
export type { Container } from './form-reader.ts';
export type { InvalidReport, InvalidValue } from './invalid-values.ts';
export { LEAK_WORDS } from './leak-words.ts';
export {
  type ComparisonFileReport,
  type ComparisonFiles,
  type ComparisonSource,
  readComparisons,
} from './read-comparisons.ts';
export type { ReadComparisonsOptions } from './read-options.ts';
