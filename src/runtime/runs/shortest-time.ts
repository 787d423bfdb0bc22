import type { LaneTarget } from '../../experiment/index.ts';
import type { Limits } from '../../scheduler/index.ts';
import type { LaneSums } from './plan-sums.ts';

/** The shortest time that limits allow. */
export interface ShortestTime {
  /** Milliseconds until the last call may start. */
  readonly shortestMs: number;
  /** Name of the limiter that takes longest. */
  readonly limitedBy: string;
}

const MINUTE_MS = 60_000;

/** Says how long it takes until the last call may start, whatever the latency; null where nothing limits the pace. */
export function shortestTime(
  lanes: readonly Pick<LaneTarget, 'limiters' | 'parts'>[],
  sumsOf: (lane: number) => LaneSums,
): ShortestTime | null {
  const shares = new Map<string, { readonly limits: Limits; calls: number; tokens: number }>();
  for (const [lane, { limiters, parts }] of lanes.entries()) {
    const { calls, leastInputTokens } = sumsOf(lane);
    for (const { limiters: own, least } of parts ?? [{ limiters, least: 1 }]) {
      for (const { name, limits } of own) {
        const share = shares.get(name) ?? { limits, calls: 0, tokens: 0 };
        shares.set(name, share);
        share.calls += calls * least;
        share.tokens += leastInputTokens * least;
      }
    }
  }
  let longest: ShortestTime | null = null;
  for (const [limitedBy, { limits, calls, tokens }] of shares) {
    const { requestsPerMinute, tokensPerMinute } = limits;
    if (requestsPerMinute === undefined && tokensPerMinute === undefined) continue;
    // The first call starts at once.
    const minutes = Math.max(
      requestsPerMinute === undefined ? 0 : Math.max(0, calls - 1) / requestsPerMinute,
      tokensPerMinute === undefined ? 0 : tokens / tokensPerMinute,
    );
    const shortestMs = minutes * MINUTE_MS;
    if (longest === null || shortestMs > longest.shortestMs) longest = { shortestMs, limitedBy };
  }
  return longest;
}
