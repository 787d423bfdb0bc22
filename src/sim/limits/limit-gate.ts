import type { Clock } from '../../core/clock.ts';
import type { Limits } from './parse-limits.ts';
import { TokenBucket } from './token-bucket.ts';

/** How a bucket stands after a request, as vendors report it in headers. */
export interface BucketStanding {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until it is full again. */
  readonly resetMs: number;
}

/** How an account stands after a request. */
export interface LimitStanding {
  readonly requests: BucketStanding | null;
  readonly tokens: BucketStanding | null;
}

/** Why a request may not pass now. */
export type GateRefusal =
  | { readonly reason: 'requests' | 'tokens'; readonly retryAfterMs: number }
  | { readonly reason: 'concurrency' | 'quota'; readonly retryAfterMs: null };

const QUARTER_SECOND_MS = 250;

/** The limits of one account or model, with what is left of them. */
export class LimitGate {
  readonly #limits: Limits;
  readonly #requests: TokenBucket | null;
  readonly #tokens: TokenBucket | null;
  #underWay = 0;
  #admitted = 0;

  constructor(limits: Limits, clock: Clock) {
    const burstMs = limits.burstMs ?? QUARTER_SECOND_MS;
    const bucket = (perMinute: number | undefined) =>
      perMinute === undefined ? null : new TokenBucket(perMinute, burstMs, clock);
    this.#limits = limits;
    this.#requests = bucket(limits.requestsPerMinute);
    this.#tokens = bucket(limits.tokensPerMinute);
  }

  /** Says why a request of so many tokens may not pass now; null if it may. Takes nothing. */
  refusal(tokens: number): GateRefusal | null {
    const { quotaCalls, concurrency } = this.#limits;
    if (quotaCalls !== undefined && this.#admitted >= quotaCalls) {
      return { reason: 'quota', retryAfterMs: null };
    }
    if (concurrency !== undefined && this.#underWay >= concurrency) {
      return { reason: 'concurrency', retryAfterMs: null };
    }
    const requestsMs = this.#requests?.waitMs(1) ?? 0;
    const tokensMs = this.#tokens?.waitMs(tokens) ?? 0;
    if (requestsMs === 0 && tokensMs === 0) return null;
    return requestsMs >= tokensMs
      ? { reason: 'requests', retryAfterMs: requestsMs }
      : { reason: 'tokens', retryAfterMs: tokensMs };
  }

  /** Lets a request in; `leave` must follow once. */
  enter(tokens: number): void {
    this.#underWay++;
    this.#admitted++;
    this.#requests?.take(1);
    this.#tokens?.take(tokens);
  }

  /** Gives the request's place back. */
  leave(): void {
    this.#underWay--;
  }

  /** How the buckets stand now. */
  get standing(): LimitStanding {
    return { requests: bucketStanding(this.#requests), tokens: bucketStanding(this.#tokens) };
  }
}

function bucketStanding(bucket: TokenBucket | null): BucketStanding | null {
  if (!bucket) return null;
  const remaining = Math.max(0, Math.floor(bucket.level));
  return { limit: bucket.perMinute, remaining, resetMs: bucket.untilFullMs };
}
