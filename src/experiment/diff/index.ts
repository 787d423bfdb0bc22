// Apart from the folder's own index, so that only who compares loads it.
export { type CompareOptions, compareResults } from './compare-results.ts';
export { type MissingOptions, type MissingRows, writeMissingRows } from './missing-rows.ts';
