import type { SharedLimit, TokenCount, WaitReason, Waker } from './limiter.ts';

/** A call's share of all its limiters, taken at once. */
export class Reservation {
  readonly #limiters: readonly SharedLimit[];
  readonly #tokens: TokenCount;
  readonly #now: () => number;
  #isHeld = true;

  constructor(limiters: readonly SharedLimit[], tokens: TokenCount, now: () => number) {
    this.#limiters = limiters;
    this.#tokens = tokens;
    this.#now = now;
  }

  /** Corrects the token buckets by the tokens that the provider counted. */
  settle(used: TokenCount): void {
    for (const limiter of this.#limiters) limiter.settle(this.#tokens, used, this.#now());
  }

  /** Gives back the place in flight when the call has ended; more than once does nothing more. */
  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    for (const limiter of this.#limiters) limiter.release();
  }
}

/** Why no reservation was made. */
export interface Wait {
  /** Monotonic time at which to try again; `Infinity` when the waker will be called instead. */
  readonly untilMs: number;
  readonly reason: WaitReason;
  /** The limiter that binds. */
  readonly limiter: SharedLimit;
}

/**
 * Takes a call's share from all of its limiters or from none.
 *
 * When one of them is not ready, the waker joins the queue of the one that binds (and leaves the
 * others', so that a lane never holds up those who wait for something else). The price: a lane that
 * shares two limiters with different neighbours, both of them always busy, can wait for long.
 */
export function tryReserve(
  limiters: readonly SharedLimit[],
  tokens: TokenCount,
  now: () => number,
  waker: Waker,
): Reservation | Wait {
  const nowMs = now();
  const wait = findBinding(limiters, tokens, nowMs, waker);
  if (wait) {
    for (const limiter of limiters) {
      if (limiter === wait.limiter) limiter.enqueue(waker);
      else limiter.leave(waker);
    }
    return wait;
  }
  for (const limiter of limiters) limiter.take(tokens, nowMs);
  for (const limiter of limiters) limiter.leave(waker);
  return new Reservation(limiters, tokens, now);
}

/** Tells a wait from a reservation. */
export function isWait(result: Reservation | Wait): result is Wait {
  return !(result instanceof Reservation);
}

function findBinding(
  limiters: readonly SharedLimit[],
  tokens: TokenCount,
  nowMs: number,
  waker: Waker,
): Wait | undefined {
  let binding: Wait | undefined;
  for (const limiter of limiters) {
    const { readyMs, reason } = limiter.readiness(tokens, nowMs, waker);
    if (readyMs > nowMs && readyMs > (binding?.untilMs ?? nowMs)) {
      binding = { untilMs: readyMs, reason, limiter };
    }
  }
  return binding;
}
