export { choosePairs, type PairsRequest } from './choose-pairs.ts';
export type { FindingOptions, Findings } from './leaderboards/findings.ts';
export type {
  Correlation,
  Leaderboard,
  RankedTable,
  RankRefusal,
} from './leaderboards/leaderboard.ts';
export { type RankProgress, type RankRequest, rankTable } from './leaderboards/rank-table.ts';
export {
  type MatrixAgreement,
  measureAgreement,
  measureMatrixAgreement,
} from './measure-agreement.ts';
export {
  DROP_STEPS,
  type DropStep,
  readTable,
  type TableReport,
  type TableRequest,
} from './tables/read-table.ts';
export type { RowCondition } from './tables/row-conditions.ts';
export { type PanelTally, tallyPanel } from './tally-panel.ts';
export type { ComparisonSource, FeatureForm, InvalidReport, WinnerIs } from './votes/index.ts';
