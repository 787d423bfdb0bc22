export { type ChoiceOptions, type InputReader, prepareRunOf } from './choose-run.ts';
export { type ExperimentSetup, experimentSetup } from './experiment-setup.ts';
export { type FoundRun, GIVEN_NAME, type RunPlace } from './find-runs.ts';
export { type FirstPass, type FirstPassOptions, readExperiment } from './first-pass.ts';
export { isEmptyFilling, type RowFilling } from './forms/fill-row.ts';
export { promptFolderRows } from './forms/prompt-folder.ts';
export { apiOfPath, type RequestTarget } from './forms/request-line.ts';
export { idOf } from './go-on.ts';
export { limitOf } from './how-read.ts';
export type { FindTarget, LaneTarget, PartCalls, TargetProblem } from './lane-plan.ts';
export { type FinishOptions, prepareFinish } from './prepare-finish.ts';
export { limitsInForce, type PrepareOptions, prepareRun } from './prepare-run.ts';
export type { FinishedRun, PreparedRun } from './prepared-run.ts';
export type { ProblemList } from './problem-list.ts';
export type { PromptoFinding } from './prompto-rows.ts';
export { byLine, refuseMistakes } from './refuse-mistakes.ts';
export { type RewriteRunOptions, rewriteRun } from './rewrite-run.ts';
export type { ExperimentRow, ModelSelector } from './row/experiment-row.ts';
export { type Problem, renderProblem } from './row/problem.ts';
export type { RunFinding } from './run-finding.ts';
export { savedAnswers } from './run-without-state.ts';
export type {
  Aggregates,
  PairAggregate,
  ScoreAggregate,
  Sensitivity,
} from './summary/aggregates.ts';
export { readSummary, summaryFile, writeSummary } from './summary/summary-file.ts';
