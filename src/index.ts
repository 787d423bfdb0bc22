/**
 * tutti as a library: the same engine that is behind the command line.
 *
 * @module
 */
import { refuseOldNode } from './core/oldest-node.ts';

refuseOldNode(process.versions.node);

export {
  type ComparisonSource,
  choosePairs,
  type Leaderboard,
  type MatrixAgreement,
  measureAgreement,
  measureMatrixAgreement,
  type PairsRequest,
  type RankedTable,
  type RankRefusal,
  type RankRequest,
  type RowCondition,
  rankTable,
  readTable,
  type TableReport,
  type TableRequest,
} from './arena/index.ts';
export type { Answer, AnswerError, CallKey } from './core/answer.ts';
export { CallError } from './core/call-error.ts';
export type { Clock, Random } from './core/clock.ts';
export type { JsonValue } from './core/json.ts';
export type { Message } from './core/message.ts';
export {
  type CompositeModel,
  type GenerateOptions,
  type GenerateRequest,
  type Generation,
  isComposite,
  type Model,
  type SimpleModel,
} from './core/model.ts';
export { systemClock } from './core/system-clock.ts';
export { TuttiError } from './core/tutti-error.ts';
export type { Usage } from './core/usage.ts';
export {
  AnswerFailure,
  type Ask,
  type AskOptions,
  LaneFailure,
  type Question,
  textOf,
  type Workflow,
  type WorkflowContext,
} from './core/workflow.ts';
export {
  type ChosenStrategy,
  type Consortium,
  type ConsortiumAgreement,
  type ConsortiumMember,
  type ConsortiumQuestion,
  type ConsortiumResult,
  type ConsortiumRound,
  consortiumModel,
  consortiumProblems,
  type Judging,
  type MemberOutcome,
  orchestrate,
  type Preference,
  type PreferenceVerdict,
  type PreferOptions,
  type PreferredAnswer,
  type PreparedStrategy,
  preferModel,
  type Strategy,
} from './panel/index.ts';
export {
  type Endpoint,
  type EndpointSettings,
  openEndpoint,
  PROVIDERS,
} from './providers/index.ts';
export type { Comparison, Verdict } from './ranking/index.ts';
export {
  type Agreement,
  type AgreementOptions,
  agreement,
  bootstrap,
  type Comparisons,
  densityContrast,
  featureContrast,
  type PairPlan,
  type PlanPairsOptions,
  planPairs,
  type RankCorrelations,
  type RankedItem,
  type Ranking,
  type RankOptions,
  rank,
  rankByColumn,
  rankCorrelations,
  type WinProbability,
  type WinRate,
  type WinRateOptions,
  winProbabilities,
  winRates,
} from './ranking/index.ts';
export {
  type LaneDescription,
  type OneCall,
  type RowResult,
  type RunWorkflowOptions,
  Session,
  WorkflowRun,
} from './run/index.ts';
export {
  type AnsweredRow,
  type AskListener,
  type AskRequest,
  type CheckedFile,
  createEnvironment,
  type Engine,
  type EngineOptions,
  type MapFailure,
  type MapTotals,
  openEngine,
  type ReadyRun,
  type RunRequest,
  readEnvironment,
} from './runtime/index.ts';
export { explode, type MapOptions, map } from './runtime/map-rows.ts';
export { Limiter, type Limits } from './scheduler/index.ts';
export { parseFaults, parseLatency, type Sim, type SimOptions, startSim } from './sim/index.ts';
