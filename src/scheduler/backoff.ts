import type { Random } from '../core/clock.ts';

/** How long to wait before trying again. */
export interface BackoffSettings {
  /** Upper bound of the first wait in milliseconds. */
  readonly firstMs: number;
  /** Upper bound of any wait in milliseconds. */
  readonly longestMs: number;
}

/** Waits of a single call between its attempts. */
export const CALL_BACKOFF: BackoffSettings = { firstMs: 500, longestMs: 30_000 };
/** Waits of a whole lane that was told to slow down without being told how long. */
export const LANE_BACKOFF: BackoffSettings = { firstMs: 250, longestMs: 30_000 };

/**
 * Jittered exponential back-off: a random time between half of `firstMs * 2^(failures - 1)` and all of
 * it, so that calls which failed together do not come back together.
 *
 * @param failures failures in a row so far, at least 1
 */
export function backoffMs(settings: BackoffSettings, failures: number, random: Random): number {
  const ceilingMs = Math.min(
    settings.longestMs,
    settings.firstMs * 2 ** Math.min(failures - 1, 30),
  );
  return ceilingMs * (0.5 + random() / 2);
}
