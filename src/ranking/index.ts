export {
  type Agreement,
  type AgreementOptions,
  type Alpha,
  type AlphaInterval,
  type AlphaOptions,
  agreement,
  type BothOrders,
  type Bounds,
  type CohenKappa,
  DISTANCES,
  type Distance,
  type FeatureBias,
  type FleissKappa,
  type GwetAc1,
  type JudgeAgreement,
  type JudgePairKappa,
  type KendallW,
  type MajorityAgreement,
  type OutlierOptions,
  type OutlierVerdict,
  type OutlierVoters,
  type PositionBias,
  type RankingConcordance,
  type RatingAgreement,
  type RatingCell,
  type Ratings,
  ratingAgreement,
  ratingsFromMatrix,
  type ShareInterval,
  type TermTest,
} from './agreement/index.ts';
export { type BootstrapJob, bootstrapJob } from './bootstrap/bootstrap-job.ts';
export { type BootstrapRounds, bootstrapRounds, joinRounds } from './bootstrap/bootstrap-rounds.ts';
export type { RankRange } from './claims/rank-ranges.ts';
export { type BestProbabilities, bestProbabilities } from './diagnostics/best-probabilities.ts';
export { chooseMethod, type HeldOutFit } from './diagnostics/choose-method.ts';
export {
  allDifferences,
  type Difference,
  type Differences,
  differencesAgainst,
} from './diagnostics/differences.ts';
export { type FitTest, fitTest } from './diagnostics/fit-test.ts';
export { type Fragility, fragility } from './diagnostics/fragility.ts';
export { type ResidualPair, worstPairs } from './diagnostics/pair-residuals.ts';
export { type ComparisonPlan, planComparisons } from './diagnostics/plan-comparisons.ts';
export {
  correlateRankings,
  type GroupCorrelation,
  type GroupRanking,
  rankByColumn,
} from './diagnostics/rank-by-column.ts';
export { type RankCorrelations, rankCorrelations } from './diagnostics/rank-correlations.ts';
export { type WinProbability, winProbabilities } from './diagnostics/win-probabilities.ts';
export {
  type Cap,
  type CleaningReport,
  type CleaningSteps,
  cleanComparisons,
} from './hygiene/index.ts';
export type { ClusterUnit } from './input/cluster-ids.ts';
export type { RatingData } from './input/rating-data.ts';
export { type BothBad, selectRows } from './input/select-rows.ts';
export type { Comparisons } from './input/to-table.ts';
export { type ErrorBand, type Estimate, scaleEstimate } from './intervals/estimate.ts';
export { METHODS } from './methods/methods.generated.ts';
export type {
  JudgeReliability,
  MethodFit,
  RatingMethod,
} from './methods/rating-method.ts';
export { METHOD_NAMES, type MethodName } from './options/method-names.generated.ts';
export type { RankOptions, ResolvedOptions } from './options/options.ts';
export {
  type AnswerToPair,
  type ItemExposure,
  type PairGraph,
  type PairPlan,
  type PairStrategy,
  type PlannedPair,
  type PlanPairsOptions,
  planPairs,
} from './pairs/index.ts';
export { finishRanking } from './rating/finish-ranking.ts';
export { alternatives, type ForeignOption, foreignOptions } from './rating/foreign-options.ts';
export { bootstrapUnits, type UnitRounds } from './rating/make-estimate.ts';
export { type PreparedRanking, prepareRanking } from './rating/prepare-ranking.ts';
export { bootstrap, rank } from './rating/rank.ts';
export { RATING_SCALE } from './rating/rank-items.ts';
export {
  type Coefficient,
  type FitReport,
  type RankedItem,
  type Ranking,
  type RankingRecord,
  rankingRecord,
} from './rating/ranking.ts';
export type {
  Comparison,
  Verdict,
} from './table/comparison.ts';
export {
  type ComparisonTable,
  type GroupColumn,
  VERDICT_CODES,
} from './table/comparison-table.ts';
export { ComparisonTableBuilder } from './table/comparison-table-builder.ts';
export { densityContrast, featureContrast } from './table/feature-contrast.ts';
export {
  type ControlledWinRate,
  type WinRate,
  type WinRateOptions,
  winRates,
} from './win-rate/index.ts';
