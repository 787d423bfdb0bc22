export { experimentSetup } from './experiment-setup.ts';
export { type FoundRun, GIVEN_NAME, type RunPlace } from './find-runs.ts';
export { type FirstPass, type FirstPassOptions, readExperiment } from './first-pass.ts';
export { idOf } from './go-on.ts';
export type { FindTarget, LaneTarget, TargetProblem } from './lane-plan.ts';
export { type FinishOptions, prepareFinish } from './prepare-finish.ts';
export {
  type FinishedRun,
  type PreparedRun,
  type PrepareOptions,
  prepareRun,
} from './prepare-run.ts';
export type { ProblemList } from './problem-list.ts';
export { byLine, refuseMistakes } from './refuse-mistakes.ts';
export type { ExperimentRow, ModelSelector } from './row/experiment-row.ts';
export { type Problem, renderProblem } from './row/problem.ts';
export type { RunFinding } from './run-finding.ts';
export { savedAnswers } from './run-without-state.ts';
