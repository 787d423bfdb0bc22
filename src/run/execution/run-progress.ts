import type { LaneStatus } from '../../ask/index.ts';
import type { Runner } from '../runner/runner.ts';
import type { RunSetup } from './run-setup.ts';
import type { ModelSummary } from './run-statistics.ts';

/** How far a lane of a run has come, or the rows of a composite model, which has no lane. */
export interface LaneProgress extends LaneStatus {
  /** Rows of the lane; 0 for one that only rows of others ask. */
  readonly rows: number;
  /** Rows that have ended, in earlier processes too. */
  readonly rowsDone: number;
  /** Rows that have ended with an error. */
  readonly rowsFailed: number;
  /** Rows that had ended in an earlier process. */
  readonly rowsBefore: number;
}

/** How far a run has come. A snapshot. */
export interface RunProgress {
  readonly lanes: readonly LaneProgress[];
  /** US dollars spent by earlier processes on this run, as far as prices are known. */
  readonly costUsdBefore: number;
  /** Calls of earlier processes whose cost is not known. */
  readonly unknownCostsBefore: number;
}

/** The status of what has no lane of its own: a composite model, whose calls travel in those of its parts. */
export function noLane(name: string, state: LaneStatus['state']): LaneStatus {
  const counts = { answered: 0, failed: 0, retries: 0, inputTokens: 0, outputTokens: 0 };
  const costs = { costUsd: 0, unknownCosts: 0 };
  return { name, state, inFlight: 0, ...counts, ...costs, waiting: null, error: null };
}

/** Makes the function that tells how far a run has come. @param spent what earlier processes have done */
export function progressOf(
  runner: Runner,
  { table, entries }: RunSetup,
  spent: readonly ModelSummary[],
): () => RunProgress {
  const before = entries.map((_, entry) => table.entryTotals(entry).done);
  const costUsdBefore = spent.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
  const unknownCostsBefore = spent.reduce((sum, { unknownCosts }) => sum + unknownCosts, 0);
  const rowsOf = (entry: number | undefined) => {
    if (entry === undefined) return { rows: 0, rowsDone: 0, rowsFailed: 0, rowsBefore: 0 };
    const { rows, done, failed } = table.entryTotals(entry);
    return { rows, rowsDone: done, rowsFailed: failed, rowsBefore: before[entry]! };
  };
  return () => {
    const status = runner.status();
    const owners = status.map((_, lane) => runner.entryOfLane(lane));
    const owning = new Set(owners);
    const without = entries.flatMap(({ name }, entry): LaneProgress[] => {
      if (owning.has(entry)) return [];
      const rows = rowsOf(entry);
      const state = rows.rowsDone === rows.rows ? 'done' : 'running';
      return [{ ...noLane(name, state), ...rows }];
    });
    const lanes = status.map((lane, number) => ({ ...lane, ...rowsOf(owners[number]) }));
    return { lanes: [...without, ...lanes], costUsdBefore, unknownCostsBefore };
  };
}
