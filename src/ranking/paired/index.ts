export { mcnemarMidP } from './mcnemar.ts';
export { comparePaired, type PairedDifference } from './paired-difference.ts';
export { type MeanInterval, meanOfUnits, type UnitMeans } from './unit-mean.ts';
