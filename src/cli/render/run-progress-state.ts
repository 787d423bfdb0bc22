import type { LaneProgress, RunProgress } from '../../run/index.ts';
import type { LaneLimits } from '../../runtime/index.ts';

/** A run at one moment, as its views need it. */
export interface RunMoment {
  readonly progress: RunProgress;
  /** Monotonic time, of the clock that `waiting.untilMs` is of. */
  readonly nowMs: number;
  /** Time since this session began. */
  readonly elapsedMs: number;
  /** Limits of lanes by their name, so that a lane that waits can say what for. */
  readonly limits?: ReadonlyMap<string, LaneLimits>;
}

/** How fast a lane, or a whole run, is at the moment. */
export interface Rates {
  readonly rowsPerSecond: number;
  readonly callsPerSecond: number;
  readonly tokensPerSecond: number;
}

/** The rates of what stands still. */
export const NO_RATES: Rates = { rowsPerSecond: 0, callsPerSecond: 0, tokensPerSecond: 0 };

/** Adds the rates of several lanes. */
export function addRates(rates: readonly Rates[]): Rates {
  return rates.reduce(
    (sum, rate) => ({
      rowsPerSecond: sum.rowsPerSecond + rate.rowsPerSecond,
      callsPerSecond: sum.callsPerSecond + rate.callsPerSecond,
      tokensPerSecond: sum.tokensPerSecond + rate.tokensPerSecond,
    }),
    NO_RATES,
  );
}

/** The time until the last lane is done at its present rate; null when it cannot be told. */
export function remainingMs(
  lanes: readonly LaneProgress[],
  rates: readonly Rates[],
): number | null {
  let longestMs = 0;
  for (const [index, lane] of lanes.entries()) {
    const left = lane.rows - lane.rowsDone;
    if (lane.state !== 'running' || left <= 0) continue;
    const rate = rates[index]?.rowsPerSecond ?? 0;
    if (rate <= 0) return null;
    longestMs = Math.max(longestMs, (left / rate) * 1000);
  }
  return longestMs;
}
