import type { Clock } from '../../core/clock.ts';

/** A token as a server gave it. */
export interface AccessToken {
  readonly text: string;
  readonly lifetimeMs: number;
}

/** Fetches a token. @throws CallError when none is given. */
export type FetchToken = (signal: AbortSignal) => Promise<AccessToken>;

/** A token is renewed when it has less than this, as long before its end as a metadata server gives out another one. */
const RENEWED_BEFORE_MS = 225_000;
/** A token with less than this is not sent any more: a request takes a while to arrive. */
const USELESS_BEFORE_MS = 30_000;
/** So long nobody tries again to renew a token that still serves. */
const NEXT_TRY_MS = 10_000;

interface Held {
  readonly text: string;
  readonly endsMonotonicMs: number;
  readonly endsWallMs: number;
}

/**
 * Holds the token of an account. It is renewed while the old one still serves, and once however many calls want one; only
 * the first of all, and one after a long sleep of the machine, is waited for.
 */
export class AccessTokens {
  readonly #fetch: FetchToken;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  #held: Held | undefined;
  #known: readonly string[] = [];
  #renewal: Promise<string> | undefined;
  #noTryBeforeMs = Number.NEGATIVE_INFINITY;

  constructor(fetch: FetchToken, clock: Clock) {
    this.#fetch = fetch;
    this.#clock = clock;
  }

  /** The token in use and the one before it. */
  get known(): readonly string[] {
    return this.#known;
  }

  /** A token that serves now; a promise only where it must be waited for. */
  current(): string | Promise<string> {
    const leftMs = this.#leftMs();
    if (this.#held === undefined || leftMs < USELESS_BEFORE_MS) return this.#renew();
    if (leftMs < RENEWED_BEFORE_MS && this.#clock.monotonicMs() >= this.#noTryBeforeMs) {
      this.#renew().catch(() => {
        this.#noTryBeforeMs = this.#clock.monotonicMs() + NEXT_TRY_MS;
      });
    }
    return this.#held.text;
  }

  /** Gives up a token that is on its way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#renewal?.catch(() => undefined);
  }

  /** By both clocks: one stands still while the machine sleeps, the other one can be set. */
  #leftMs(): number {
    if (this.#held === undefined) return 0;
    const { endsMonotonicMs, endsWallMs } = this.#held;
    return Math.min(endsMonotonicMs - this.#clock.monotonicMs(), endsWallMs - this.#clock.wallMs());
  }

  #renew(): Promise<string> {
    this.#renewal ??= this.#take().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #take(): Promise<string> {
    const monotonicMs = this.#clock.monotonicMs();
    const wallMs = this.#clock.wallMs();
    const { text, lifetimeMs } = await this.#fetch(this.#closing.signal);
    const before = this.#held?.text;
    this.#held = {
      text,
      endsMonotonicMs: monotonicMs + lifetimeMs,
      endsWallMs: wallMs + lifetimeMs,
    };
    this.#known = before === undefined || before === text ? [text] : [text, before];
    return text;
  }
}
