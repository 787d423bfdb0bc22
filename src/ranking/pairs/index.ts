export type { ItemExposure, PairGraph } from './pair-graph.ts';
export type { AnswerToPair } from './pair-space.ts';
export {
  type PairPlan,
  type PairStrategy,
  type PlannedPair,
  type PlanPairsOptions,
  planPairs,
} from './plan-pairs.ts';
