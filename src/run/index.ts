import type { ExecuteOptions } from './execution/execute-options.ts';
import type { RunOutcome } from './execution/run-outcome.ts';
import type { RunSetup } from './execution/run-setup.ts';

export type { ExecuteOptions } from './execution/execute-options.ts';
export type { RunOutcome, StoppedLane, VerdictCounts } from './execution/run-outcome.ts';
export { type LaneProgress, noLane, type RunProgress } from './execution/run-progress.ts';
export type { RunEntry, RunSetup } from './execution/run-setup.ts';
export type { ModelSummary } from './execution/run-statistics.ts';
export type { OpenLane } from './rows/lanes.ts';
export type { RowPlan } from './rows/row-plan.ts';
export type { EntrySetup } from './runner/entry.ts';
export { ROW_TIMEOUT_MS } from './runner/run-numbers.ts';
export { Runner } from './runner/runner.ts';
export type { RunnerOptions } from './runner/runner-options.ts';
export { type LaneDescription, Session, type TurnsDescription } from './runner/session.ts';
export { type RowResult, WorkflowRun } from './workflows/run-workflow.ts';
export type { OneCall, RunWorkflowOptions } from './workflows/run-workflow-options.ts';

/** Executes a run that keeps its answers in a folder; what that takes is loaded only then. */
export async function executeRun(setup: RunSetup, options: ExecuteOptions): Promise<RunOutcome> {
  return (await import('./execution/execute-run.ts')).executeRun(setup, options);
}
