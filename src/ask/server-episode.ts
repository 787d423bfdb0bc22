import type { Random } from '../core/clock.ts';
import { backoffMs } from '../scheduler/index.ts';
import type { Work } from './work.ts';

/** What is wrong with a server: it is not there, or what it is sent fails. */
export type Trouble = 'unreachable' | 'failing';

/** How long a server is waited for that has never worked, and one that has. */
const PATIENCE = {
  unreachable: { beforeMs: 1_500, afterMs: 120_000 },
  failing: { beforeMs: 120_000, afterMs: 600_000 },
} as const;
const UNREACHABLE_BACKOFF = { firstMs: 500, longestMs: 10_000 };
/** A failing server is left alone for this part of the time that it has failed: so late is its return seen at most. */
const PAUSE_PART = 1 / 8;
const SHORTEST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 30_000;
/** A look that has not failed after this many times as long as the others took to fail has been let in. */
const LET_IN_TIMES = 3;
const LET_IN_MS = 1_000;

/** A failure that belongs to an episode. */
export interface EpisodeFailure {
  readonly work: Work;
  readonly trouble: Trouble;
  readonly nowMs: number;
  readonly sentMs: number;
  /** How long the server asked to be left alone; null if it did not. */
  readonly toldMs: number | null;
  /** True when the server has worked before: was reached, or has answered. */
  readonly workedBefore: boolean;
}

/** A time in which a server as a whole does not work: one call at a time looks whether it does again. */
export class ServerEpisode {
  readonly #random: Random;
  /** The first failure since the server last worked. */
  readonly sinceMs: number;
  readonly beganMs: number;
  /** Calls that were in flight when it began, and how many of them were served all the same. */
  readonly inFlight: number;
  #served = 0;
  #trouble: Trouble;
  #failedLooks = 0;
  #patienceMs = 0;
  #toldUntilMs = 0;
  #longestFailureMs = 0;
  #look: Work | undefined;
  #lookSentMs = 0;
  #looks = 0;
  /** When the next look is due. */
  pauseUntilMs = Number.NEGATIVE_INFINITY;

  constructor(first: EpisodeFailure, sinceMs: number, inFlight: number, random: Random) {
    this.#random = random;
    this.#trouble = first.trouble;
    this.sinceMs = sinceMs;
    this.beganMs = first.nowMs;
    this.inFlight = inFlight;
  }

  get trouble(): Trouble {
    return this.#trouble;
  }

  /** True while a look is under way. */
  get isLooking(): boolean {
    return this.#look !== undefined;
  }

  /** Every second look asks something that has not failed, where there is such a thing. */
  get looksAtNew(): boolean {
    return this.#looks % 2 === 1;
  }

  /** Calls in flight when it began that have been answered since. */
  get served(): number {
    return this.#served;
  }

  /** When the look that is under way will have lasted so long that it has been let in; it may start then. */
  get letInMs(): number {
    return this.#lookSentMs + Math.max(LET_IN_MS, LET_IN_TIMES * this.#longestFailureMs);
  }

  isLook(work: Work): boolean {
    return this.#look === work;
  }

  noteSent(work: Work, nowMs: number): void {
    this.#look = work;
    this.#lookSentMs = nowMs;
    this.#looks++;
  }

  /** Notes that a call is not under way any more. */
  noteGone(work: Work): void {
    if (this.#look === work) this.#look = undefined;
  }

  /** Notes the answer of a call that was sent before it began. */
  noteServed(): void {
    this.#served++;
  }

  /** Notes a failure, and says when that call may be tried again; null when it is time to give up. */
  noteFailure(failure: EpisodeFailure): number | null {
    const { work, nowMs, sentMs } = failure;
    const wasLook = this.isLook(work);
    if (wasLook) this.#look = undefined;
    this.#setTrouble(failure);
    this.#longestFailureMs = Math.max(this.#longestFailureMs, nowMs - sentMs);
    // A time that the server names is waited for; once patience has ended, another one is not.
    const patienceEndsMs = Math.max(this.sinceMs + this.#patienceMs, this.#toldUntilMs);
    if (nowMs >= patienceEndsMs) return null;
    if (failure.toldMs !== null) {
      this.#toldUntilMs = Math.max(this.#toldUntilMs, nowMs + failure.toldMs);
    }
    const giveUpMs = Math.max(patienceEndsMs, this.#toldUntilMs);
    // Calls that were under way together are one failure.
    if (wasLook || this.#failedLooks === 0) {
      this.#failedLooks++;
      this.pauseUntilMs = nowMs + this.#pauseMs(nowMs);
    }
    // The last look comes when patience ends, not after a long pause beyond it.
    this.pauseUntilMs = Math.min(Math.max(this.pauseUntilMs, this.#toldUntilMs), giveUpMs);
    return this.pauseUntilMs;
  }

  #setTrouble({ trouble, workedBefore }: EpisodeFailure): void {
    this.#trouble = trouble;
    const { beforeMs, afterMs } = PATIENCE[trouble];
    this.#patienceMs = Math.max(this.#patienceMs, workedBefore ? afterMs : beforeMs);
  }

  #pauseMs(nowMs: number): number {
    if (this.#trouble === 'unreachable') {
      return backoffMs(UNREACHABLE_BACKOFF, this.#failedLooks, this.#random);
    }
    const lastedMs = (nowMs - this.sinceMs) * PAUSE_PART;
    return Math.min(
      MAX_PAUSE_MS,
      Math.max(SHORTEST_PAUSE_MS, lastedMs) * (0.75 + this.#random() / 2),
    );
  }
}
