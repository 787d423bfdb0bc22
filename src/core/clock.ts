/**
 * Time, handed in. Waiting uses `monotonicMs` (never jumps); `wallMs` only stamps records and
 * names folders.
 */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  monotonicMs(): number;
  /** Milliseconds since 1970 UTC; may jump. */
  wallMs(): number;
  /** Calls `callback` once after `delayMs` (0 or more); returns a function that cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** A source of uniform random numbers in [0, 1). */
export type Random = () => number;
