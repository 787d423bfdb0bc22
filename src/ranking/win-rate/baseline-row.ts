/** A comparison with the baseline, as the other item sees it. */
export interface BaselineRow {
  /** 1 for a win over the baseline, 0.5 for a tie, 0 for a loss. */
  readonly points: number;
  readonly weight: number;
  /** Number of the cluster it belongs to. */
  readonly cluster: number;
  /** How much longer its answer is than the baseline's. */
  readonly longer: number;
}
