import { DEFAULT_IDLE_TIMEOUT_MS } from '../core/call-defaults.ts';
import type { CallError } from '../core/call-error.ts';
import type { Clock } from '../core/clock.ts';
import { LinkedSet } from '../core/linked-set.ts';
import {
  Deadlines,
  type Reservation,
  type SharedLimit,
  tryReserve,
  type Wait,
} from '../scheduler/index.ts';
import { Attempt, type AttemptContext, type AttemptResult } from './attempt.ts';
import type { Call } from './call.ts';
import type { LaneContext } from './lane-setup.ts';
import { TokenAccount } from './token-account.ts';
import type { Work } from './work.ts';

/** What a try may take, unless its call says otherwise. */
type LaneTimes = Pick<LaneContext, 'clock' | 'timeoutMs' | 'idleTimeoutMs'>;

/** The tries of a lane's calls that are under way: takes their share of the limiters, and can end them early. */
export class LaneAttempts {
  readonly #limiters: readonly SharedLimit[];
  readonly #clock: Clock;
  readonly #deadlines: Deadlines;
  readonly #silences: Deadlines;
  readonly #tokens: TokenAccount;
  readonly #running = new LinkedSet<Attempt>();
  readonly #context: AttemptContext;
  readonly #now = (): number => this.#clock.monotonicMs();

  constructor(
    limiters: readonly SharedLimit[],
    { clock, timeoutMs, idleTimeoutMs = DEFAULT_IDLE_TIMEOUT_MS }: LaneTimes,
  ) {
    this.#limiters = limiters;
    this.#clock = clock;
    this.#deadlines = new Deadlines(clock, timeoutMs);
    this.#tokens = new TokenAccount(limiters);
    this.#silences = new Deadlines(clock, idleTimeoutMs);
    this.#context = {
      clock,
      timeoutMs,
      idleTimeoutMs,
      deadlines: this.#deadlines,
      silences: this.#silences,
      running: this.#running,
    };
  }

  /** Takes a call's share of every limiter, or says what it has to wait for. */
  reserve({ call }: Work, waker: () => void): Reservation | Wait {
    const tokens = this.#tokens.estimate(call.request);
    return tryReserve(this.#limiters, tokens, this.#now, waker);
  }

  /** Tries a call once, with the share that it has taken, and tells how that ended. */
  start(work: Work, reservation: Reservation, onEnd: (result: AttemptResult) => void): void {
    work.reservation = reservation;
    if (work.tries === 1) work.call.onTurn?.();
    new Attempt(work, this.#context, onEnd);
  }

  /** Corrects the share of a try that has ended by what it really used. */
  settle({ call, reservation }: Work, { outcome }: AttemptResult): void {
    if (reservation) this.#tokens.settle(call.request, outcome, reservation);
  }

  /** Ends the try of a call; false if there is none. */
  cancel(call: Call, reason: CallError): boolean {
    const attempt = call.work?.attempt;
    attempt?.stop(reason);
    return attempt !== undefined;
  }

  /** Ends every try. */
  abort(reason: unknown): void {
    for (const attempt of this.#running.all()) attempt.stop(reason);
  }

  /** Forgets the timer, when nothing is under way any more. */
  close(): void {
    this.#deadlines.close();
    this.#silences.close();
  }
}
