export { experimentSetup } from './experiment-setup.ts';
export { type FirstPass, type FirstPassOptions, readExperiment } from './first-pass.ts';
export { apiOfPath, type RequestTarget } from './forms/request-line.ts';
export type { FindTarget, LaneTarget, TargetProblem } from './lane-plan.ts';
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
