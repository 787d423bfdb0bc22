import { normalQuantile } from '../intervals/distributions.ts';

/** A share with Wilson's score interval. */
export interface ShareInterval {
  readonly count: number;
  readonly of: number;
  /** Null for 0 / 0, as are the bounds. */
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Wilson's score interval of count / of (1927): it stays inside 0..1 and holds for small counts.
 *
 * @param level between 0 and 1; default 0.95.
 */
export function wilsonInterval(count: number, of: number, level = 0.95): ShareInterval {
  if (of === 0) return { count, of, share: null, low: null, high: null };
  const z = normalQuantile((1 + level) / 2);
  const share = count / of;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const variance = (share * (1 - share)) / of + (z * z) / (4 * of * of);
  const half = (z * Math.sqrt(variance)) / (1 + (z * z) / of);
  const low = count === 0 ? 0 : Math.max(0, middle - half);
  return { count, of, share, low, high: count === of ? 1 : Math.min(1, middle + half) };
}
