/** Sums of fractions of a millisecond differ by less than this: who waited for a moment must not wait for it again. */
const ROUNDING_MS = 1e-6;

/** True when a moment has come. */
export function isDue(momentMs: number, nowMs: number): boolean {
  return momentMs - nowMs <= ROUNDING_MS;
}
