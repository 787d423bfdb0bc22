import type { LaneStatus } from '../ask/index.ts';

/** How far a lane of a run has come. */
export interface LaneProgress extends LaneStatus {
  /** Rows of the lane. */
  readonly rows: number;
  /** Rows that are done, those of earlier processes included. */
  readonly rowsDone: number;
  /** Rows that are done and failed. */
  readonly rowsFailed: number;
  /** Rows that an earlier process had done. */
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
