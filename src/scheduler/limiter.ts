import { RateBucket } from './rate-bucket.ts';

/** Limits of one scope (an account, a model, a group). A limit that is not given does not apply. */
export interface Limits {
  readonly requestsPerMinute?: number | undefined;
  /** Input and output tokens together. */
  readonly tokensPerMinute?: number | undefined;
  readonly inputTokensPerMinute?: number | undefined;
  readonly outputTokensPerMinute?: number | undefined;
  /** Calls in flight at once; default unlimited. */
  readonly concurrency?: number | undefined;
}

/** Tokens that a call is expected to use, or has used. */
export interface TokenCount {
  readonly input: number;
  readonly output: number;
}

/** Why a call has to wait. */
export type WaitReason = 'requests' | 'tokens' | 'in flight' | 'turn';

/** One who waits for a limiter: called when it may try again. */
export type Waker = () => void;

/** What the calls of several lanes count against: each takes its share of all, or of none. */
export interface SharedLimit {
  readonly name: string;
  readonly limits: Limits;
  /** True when it counts tokens, so that an estimate is worth its cost. */
  readonly countsTokens: boolean;
  /** When a call of this size could start, and what it waits for; `Infinity` until the waker is called. */
  readiness(
    tokens: TokenCount,
    nowMs: number,
    waker: Waker,
  ): { readonly readyMs: number; readonly reason: WaitReason };
  /** Takes a call's share. */
  take(tokens: TokenCount, nowMs: number): void;
  /** Corrects it by what the call really used. */
  settle(estimated: TokenCount, used: TokenCount, nowMs: number): void;
  /** Ends a call. */
  release(): void;
  /** Joins those who wait for it; joining again keeps the place. */
  enqueue(waker: Waker): void;
  /** Waits for it no longer. @param wantsNothing true when the waker has no call that it would start. */
  leave(waker: Waker, wantsNothing?: boolean): void;
}

interface Rate {
  readonly countsTokens: boolean;
  readonly limit: (limits: Limits) => number | undefined;
  readonly units: (tokens: TokenCount) => number;
  readonly reason: WaitReason;
}

const RATES: readonly Rate[] = [
  {
    countsTokens: false,
    limit: (l) => l.requestsPerMinute,
    units: () => 1,
    reason: 'requests',
  },
  {
    countsTokens: true,
    limit: (l) => l.tokensPerMinute,
    units: (t) => t.input + t.output,
    reason: 'tokens',
  },
  {
    countsTokens: true,
    limit: (l) => l.inputTokensPerMinute,
    units: (t) => t.input,
    reason: 'tokens',
  },
  {
    countsTokens: true,
    limit: (l) => l.outputTokensPerMinute,
    units: (t) => t.output,
    reason: 'tokens',
  },
];

/**
 * The buckets of one scope, the calls in flight in it, and the queue of those who wait for it.
 * Waiters are served in the order in which they came, so that no lane starves another.
 */
export class Limiter implements SharedLimit {
  readonly name: string;
  #buckets: readonly { readonly rate: Rate; readonly bucket: RateBucket }[] = [];
  readonly #waiters = new Set<Waker>();
  #limits: Limits = {};
  #countsTokens = false;
  #inFlight = 0;

  constructor(name: string, limits: Limits, nowMs: number) {
    this.name = name;
    this.retune(limits, nowMs);
  }

  get limits(): Limits {
    return this.#limits;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** True when token buckets apply, so that an estimate is worth its cost. */
  get countsTokens(): boolean {
    return this.#countsTokens;
  }

  /** Replaces the limits while calls are under way, and lets waiters look again. */
  retune(limits: Limits, nowMs: number): void {
    this.#limits = limits;
    this.#buckets = RATES.flatMap((rate) => {
      const perMinute = rate.limit(limits);
      if (perMinute === undefined) return [];
      const before = this.#buckets.find((one) => one.rate === rate);
      before?.bucket.retune({ perMinute }, nowMs);
      return [before ?? { rate, bucket: new RateBucket({ perMinute }, nowMs) }];
    });
    this.#countsTokens = this.#buckets.some(({ rate }) => rate.countsTokens);
    this.wakeNext();
  }

  /** When a call of this size could start, and what it waits for; `Infinity` until a release. */
  readiness(
    tokens: TokenCount,
    nowMs: number,
    waker: Waker,
  ): { readyMs: number; reason: WaitReason } {
    const first = this.#firstWaiter();
    if (first && first !== waker) return { readyMs: Number.POSITIVE_INFINITY, reason: 'turn' };
    if (this.#inFlight >= (this.#limits.concurrency ?? Number.POSITIVE_INFINITY)) {
      return { readyMs: Number.POSITIVE_INFINITY, reason: 'in flight' };
    }
    let readyMs = nowMs;
    let reason: WaitReason = 'requests';
    for (const { rate, bucket } of this.#buckets) {
      const bucketReadyMs = bucket.readyMs(rate.units(tokens), nowMs);
      if (bucketReadyMs > readyMs) {
        readyMs = bucketReadyMs;
        reason = rate.reason;
      }
    }
    return { readyMs, reason };
  }

  /** Takes a call's share of every bucket. */
  take(tokens: TokenCount, nowMs: number): void {
    this.#inFlight++;
    for (const { rate, bucket } of this.#buckets) bucket.take(rate.units(tokens), nowMs);
  }

  /** Corrects the token buckets by what a call really used; debt delays the calls that follow. */
  settle(estimated: TokenCount, used: TokenCount, nowMs: number): void {
    for (const { rate, bucket } of this.#buckets) {
      const difference = rate.units(used) - rate.units(estimated);
      if (difference !== 0) bucket.take(difference, nowMs);
    }
  }

  /** Ends a call: one more may be in flight. */
  release(): void {
    this.#inFlight--;
    this.wakeNext();
  }

  /** Joins the queue; joining again keeps the place. */
  enqueue(waker: Waker): void {
    this.#waiters.add(waker);
  }

  /** Leaves the queue and lets the next one try. */
  leave(waker: Waker): void {
    if (this.#waiters.delete(waker)) this.wakeNext();
  }

  /** Wakes the first in the queue, who keeps its place until it has taken its share. */
  wakeNext(): void {
    this.#firstWaiter()?.();
  }

  /** Most often nobody waits. */
  #firstWaiter(): Waker | undefined {
    return this.#waiters.size === 0 ? undefined : this.#waiters.values().next().value;
  }
}
