import type { ExecuteOptions } from './execute-options.ts';
import type { RunOutcome } from './run-outcome.ts';
import type { RunSetup } from './run-setup.ts';

export type { EntrySetup } from './entry.ts';
export type { ExecuteOptions } from './execute-options.ts';
export type { OpenLane } from './lanes.ts';
export { noteJournal } from './resume.ts';
export { RowEnds } from './row-ends.ts';
export type { RowPlan } from './row-plan.ts';
export { ROW_TIMEOUT_MS } from './run-numbers.ts';
export type { RunOutcome, StoppedLane, VerdictCounts } from './run-outcome.ts';
export { type LaneProgress, noLane, type RunProgress } from './run-progress.ts';
export type { RunEntry, RunSetup } from './run-setup.ts';
export { type ModelSummary, RunStatistics } from './run-statistics.ts';
export { type RowResult, WorkflowRun } from './run-workflow.ts';
export type { OneCall, RunWorkflowOptions } from './run-workflow-options.ts';
export { Runner } from './runner.ts';
export type { RunnerOptions } from './runner-options.ts';
export { type LaneDescription, Session, type TurnsDescription } from './session.ts';

/** Executes a run that keeps its answers in a folder; what that takes is loaded only then. */
export async function executeRun(setup: RunSetup, options: ExecuteOptions): Promise<RunOutcome> {
  return (await import('./execute-run.ts')).executeRun(setup, options);
}
