export { choosePairs, type PairsRequest } from './choose-pairs.ts';
export type { Correlation } from './correlations.ts';
export type { Findings, FindingWishes } from './findings.ts';
export {
  type MatrixAgreement,
  measureAgreement,
  measureMatrixAgreement,
} from './measure-agreement.ts';
export {
  type Leaderboard,
  type RankedTable,
  type RankProgress,
  type RankRefusal,
  type RankRequest,
  rankTable,
} from './rank-table.ts';
export {
  DROP_STEPS,
  type DropStep,
  readTable,
  type TableReport,
  type TableRequest,
} from './read-table.ts';
export type { RowCondition } from './row-conditions.ts';
export type { ComparisonSource, FeatureForm, WinnerIs } from './votes/index.ts';
