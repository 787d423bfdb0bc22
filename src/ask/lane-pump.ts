import { CallError } from '../core/call-error.ts';
import {
  Deadlines,
  isWait,
  type Reservation,
  type TokenCount,
  TokenEstimator,
  tryReserve,
} from '../scheduler/index.ts';
import { type AttemptResult, attempt } from './attempt.ts';
import { CallQueue } from './call-queue.ts';
import { LaneHealth } from './lane-health.ts';
import type { LaneContext, LaneSetup } from './lane-setup.ts';
import { type LaneStatus, type LaneWait, newCounters } from './lane-status.ts';
import { judge } from './verdict.ts';
import { answerOf, type Work } from './work.ts';

const NO_TOKENS: TokenCount = { input: 0, output: 0 };

/** Drives one lane: pulls its calls, starts each as soon as its limits allow, retries, hands on the answers. */
export class LanePump {
  readonly #setup: LaneSetup;
  readonly #queue: CallQueue;
  readonly #context: LaneContext;
  readonly #running = new Set<AbortController>();
  readonly #health: LaneHealth;
  readonly #deadlines: Deadlines;
  readonly #estimator = new TokenEstimator();
  readonly #countsTokens: boolean;
  readonly #counters = newCounters();
  readonly #ended: () => void;
  #state: LaneStatus['state'] = 'running';
  #error: CallError | null = null;
  #inFlight = 0;
  #accepting = true;
  #aborted = false;
  #wakeQueued = false;
  #cancelTimer: (() => void) | undefined;
  #waiting: LaneWait | null = null;

  constructor(setup: LaneSetup, lane: number, context: LaneContext, ended: () => void) {
    this.#setup = setup;
    this.#context = context;
    this.#queue = new CallQueue({
      pull: () => context.source.next(lane),
      onArrived: this.wake,
      onBroken: context.onBroken,
    });
    this.#ended = ended;
    this.#health = new LaneHealth(context.clock, context.random);
    this.#deadlines = new Deadlines(context.clock, context.timeoutMs);
    this.#countsTokens = setup.limiters.some((limiter) => limiter.countsTokens);
  }

  /** Starts every call that can start now, and arranges to be woken when the next one can. */
  readonly wake = (): void => {
    if (this.#wakeQueued) return;
    this.#wakeQueued = true;
    queueMicrotask(() => {
      this.#wakeQueued = false;
      this.#advance();
    });
  };

  /** Starts nothing more; what is in flight finishes. */
  drain(): void {
    if (this.#accepting) this.#stopAccepting('stopped');
    this.wake();
  }

  /** Starts nothing more and aborts what is in flight; those calls have no answer. */
  abort(reason: unknown): void {
    this.#aborted = true;
    this.drain();
    for (const controller of this.#running) controller.abort(reason);
  }

  status(): LaneStatus {
    return {
      ...this.#counters,
      name: this.#setup.name,
      state: this.#state,
      inFlight: this.#inFlight,
      waiting: this.#waiting,
      error: this.#error,
    };
  }

  #advance(): void {
    if (this.#state === 'done') return;
    this.#setTimer(undefined);
    this.#waiting = null;
    let queued = false;
    while (this.#accepting && !queued) {
      const work = this.#takeWork();
      if (!work) break;
      const reservation = this.#reserve(work);
      if (reservation) void this.#serve(work, reservation);
      else this.#queue.putBack(work);
      queued = reservation === undefined;
    }
    // Who wants nothing now must not keep a place in front of the others.
    if (!queued) this.#leaveQueues();
    this.#endIfDone();
  }

  #takeWork(): Work | undefined {
    if (this.#health.inOutage && !this.#mayProbe()) return undefined;
    const work = this.#queue.take(this.#context.clock.monotonicMs());
    const dueMs = this.#queue.firstDueMs;
    if (!work && dueMs !== undefined) this.#waitUntil({ reason: 'retry', untilMs: dueMs });
    return work;
  }

  #mayProbe(): boolean {
    if (this.#inFlight > 0) return false;
    const untilMs = this.#health.outagePauseUntilMs;
    if (untilMs <= this.#context.clock.monotonicMs()) return true;
    this.#waitUntil({ reason: 'unreachable', untilMs });
    return false;
  }

  #reserve(work: Work): Reservation | undefined {
    const { clock } = this.#context;
    const estimate = this.#countsTokens ? this.#estimator.estimate(work.call.request) : NO_TOKENS;
    const now = () => clock.monotonicMs();
    const result = tryReserve(this.#setup.limiters, estimate, now, this.wake);
    if (!isWait(result)) return result;
    this.#waitUntil({ reason: result.reason, untilMs: result.untilMs });
    return undefined;
  }

  async #serve(work: Work, reservation: Reservation): Promise<void> {
    const { clock, timeoutMs, onDelta } = this.#context;
    this.#inFlight++;
    work.tries++;
    const sentMs = clock.monotonicMs();
    if (work.tries === 1) {
      work.startedWallMs = clock.wallMs();
      work.startedMs = sentMs;
    }
    const running = this.#running;
    const result = await attempt(work.call, {
      clock,
      deadlines: this.#deadlines,
      timeoutMs,
      running,
      onDelta,
    });
    try {
      this.#settle(work, result, reservation);
      if (result.outcome instanceof CallError) await this.#afterFailure(work, result, sentMs);
      else await this.#afterSuccess(work, result);
    } catch (error) {
      this.#context.onBroken(error);
    }
    this.#inFlight--;
    reservation.release();
    this.wake();
  }

  /** Corrects the token buckets by what was really used; a refused call used none. */
  #settle(work: Work, result: AttemptResult, reservation: Reservation): void {
    if (!this.#countsTokens) return;
    const { outcome } = result;
    if (outcome instanceof CallError) {
      if (outcome.httpStatus !== null && outcome.httpStatus >= 400) {
        reservation.settle(NO_TOKENS);
      }
      return;
    }
    const { input, output } = outcome.usage;
    this.#estimator.learn(work.call.request, outcome.usage);
    if (input !== null && output !== null) reservation.settle({ input, output });
  }

  async #afterSuccess(work: Work, result: AttemptResult): Promise<void> {
    this.#health.noteReached();
    this.#health.noteAnswered();
    await this.#finish(work, result);
  }

  async #afterFailure(work: Work, result: AttemptResult, sentMs: number): Promise<void> {
    const error = result.outcome as CallError;
    const { clock, random, attempts, onFailedTry } = this.#context;
    // A call that was cut off by us has no answer: it is asked again when the run is resumed.
    if (this.#aborted) return;
    onFailedTry?.(this.#setup.name, work.call, error);
    if (error.httpStatus !== null) this.#health.noteReached();
    if (error.scope === 'call') work.attempts++;
    const verdict = judge(error, {
      attempts: work.attempts,
      mostAttempts: attempts,
      laneHasAnswered: this.#health.hasAnswered,
      random,
    });
    switch (verdict.kind) {
      case 'answer':
        return this.#finish(work, result);
      case 'retry':
        return this.#again(work, clock.monotonicMs() + verdict.delayMs, result);
      case 'wait': {
        const delayMs = this.#health.noteSlowDown(sentMs, error.retryAfterMs);
        const untilMs = clock.monotonicMs() + delayMs;
        for (const limiter of this.#setup.limiters) limiter.blockUntil(untilMs);
        return this.#again(work, untilMs, result);
      }
      case 'outage':
        if (this.#health.noteUnreachable(sentMs)) {
          return this.#again(work, this.#health.outagePauseUntilMs, result);
        }
        return this.#endLane('failed', work, result);
      case 'end lane':
        return this.#endLane(verdict.state, work, result);
    }
  }

  /** Puts a call back for another try, or gives up when its whole wait would be too long. */
  async #again(work: Work, dueMs: number, result: AttemptResult): Promise<void> {
    const longestWaitMs = this.#context.longestWaitMs ?? Number.POSITIVE_INFINITY;
    if (dueMs - work.startedMs > longestWaitMs) return this.#finish(work, result);
    if (!this.#accepting) return;
    this.#counters.retries++;
    this.#queue.addRetry(work, dueMs);
  }

  async #finish(work: Work, result: AttemptResult): Promise<void> {
    const answer = answerOf(work, result);
    await this.#context.sink.write(answer);
    const counters = this.#counters;
    counters.answered++;
    if (answer.status === 'error') counters.failed++;
    counters.inputTokens += answer.usage.input ?? 0;
    counters.outputTokens += answer.usage.output ?? 0;
    if (answer.costUsd === null) counters.unknownCosts++;
    else counters.costUsd += answer.costUsd;
    const followUp = this.#context.source.after(work.call, answer);
    if (followUp) this.#queue.addFollowUp(followUp);
  }

  /** Ends the lane. The call that showed it has no answer, so that it is asked again on resume. */
  async #endLane(state: 'failed' | 'parked', work: Work, result: AttemptResult): Promise<void> {
    if (this.#accepting) {
      this.#error = result.outcome as CallError;
      this.#stopAccepting(state);
    }
    if (this.#context.answerLaneErrors) await this.#finish(work, result);
  }

  #stopAccepting(state: 'failed' | 'parked' | 'stopped'): void {
    this.#accepting = false;
    this.#state = state;
    this.#queue.clear();
    this.#leaveQueues();
  }

  #endIfDone(): void {
    if (this.#inFlight > 0 || this.#queue.isPulling) return;
    if (this.#accepting) {
      if (!this.#queue.isEmpty) return;
      this.#state = 'done';
    }
    this.#setTimer(undefined);
    this.#deadlines.close();
    this.#ended();
  }

  #waitUntil(wait: LaneWait): void {
    this.#waiting = wait;
    this.#setTimer(wait.untilMs);
  }

  #setTimer(atMs: number | undefined): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (atMs === undefined || atMs === Number.POSITIVE_INFINITY) return;
    const { clock } = this.#context;
    this.#cancelTimer = clock.after(Math.max(0, atMs - clock.monotonicMs()), this.wake);
  }

  #leaveQueues(): void {
    for (const limiter of this.#setup.limiters) limiter.leave(this.wake);
  }
}
