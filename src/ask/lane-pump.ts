import { CallError } from '../core/call-error.ts';
import { Deadlines, isWait, type Reservation, tryReserve } from '../scheduler/index.ts';
import { type AttemptResult, attempt, type Stop } from './attempt.ts';
import { CallQueue } from './call-queue.ts';
import { LaneHealth } from './lane-health.ts';
import type { LaneContext, LaneSetup } from './lane-setup.ts';
import { type LaneStatus, type LaneWait, newCounters } from './lane-status.ts';
import { TokenAccount } from './token-account.ts';
import { judge } from './verdict.ts';
import { answerOf, notSent, type Work } from './work.ts';

/** With this many answers on their way to the sink, a place in flight is kept until one is there. */
const MOST_UNSAVED = 1_000;

/** Drives one lane: pulls its calls, starts each as soon as its limits allow, retries, hands on the answers. */
export class LanePump {
  readonly #setup: LaneSetup;
  readonly #queue: CallQueue;
  readonly #context: LaneContext;
  readonly #running = new Set<Stop>();
  readonly #health: LaneHealth;
  readonly #deadlines: Deadlines;
  readonly #tokens: TokenAccount;
  readonly #counters = newCounters();
  readonly #onEnd: () => void;
  #state: LaneStatus['state'] = 'running';
  #error: CallError | null = null;
  #inFlight = 0;
  /** Answers that have come and are not yet kept. */
  #unsaved = 0;
  #accepting = true;
  #aborted = false;
  #ended = false;
  #wakeQueued = false;
  #cancelTimer: (() => void) | undefined;
  #waiting: LaneWait | null = null;

  /** @param onEnd called once, when the lane has nothing in flight and starts nothing more */
  constructor(setup: LaneSetup, lane: number, context: LaneContext, onEnd: () => void) {
    this.#setup = setup;
    this.#context = context;
    this.#queue = new CallQueue({
      pull: () => context.source.next(lane),
      onArrived: this.wake,
      onBroken: context.onBroken,
    });
    this.#onEnd = onEnd;
    this.#health = new LaneHealth(context.clock, context.random);
    this.#deadlines = new Deadlines(context.clock, context.timeoutMs);
    this.#tokens = new TokenAccount(setup.limiters);
  }

  /** Starts a call if one can start now, or arranges to be woken when one can. */
  readonly wake = (): void => {
    if (this.#wakeQueued) return;
    this.#wakeQueued = true;
    queueMicrotask(() => {
      this.#wakeQueued = false;
      try {
        this.#advance();
      } catch (error) {
        this.#context.onBroken(error);
      }
    });
  };

  /** Starts nothing more; what is in flight finishes. */
  drain(): void {
    if (this.#ended) return;
    if (this.#accepting) this.#stopAccepting('stopped');
    this.wake();
  }

  /** Starts nothing more and aborts what is in flight; those calls have no answer. */
  abort(reason: unknown): void {
    this.#aborted = true;
    this.drain();
    for (const stop of this.#running) stop(reason);
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
    if (this.#ended) return;
    this.#setTimer(undefined);
    this.#waiting = null;
    const work = this.#accepting ? this.#takeWork() : undefined;
    const queued = work !== undefined && !this.#start(work);
    // Who wants nothing now must not keep a place in front of the others.
    if (!queued) this.#leaveQueues();
    // One at a time, so that lanes which share a limiter take turns from the first call on.
    if (work && !queued) this.wake();
    this.#endIfDone();
  }

  #takeWork(): Work | undefined {
    if (this.#health.inOutage && !this.#mayProbe()) return undefined;
    if (!this.#health.allowsOneMore(this.#inFlight)) {
      this.#waitUntil({ reason: 'in flight', untilMs: Number.POSITIVE_INFINITY });
      return undefined;
    }
    const work = this.#queue.take(this.#context.clock.monotonicMs());
    const dueMs = this.#queue.firstDueMs;
    if (!work && dueMs !== undefined) this.#waitUntil({ reason: 'retry', untilMs: dueMs });
    return work;
  }

  #mayProbe(): boolean {
    const pausedUntilMs = this.#health.outagePauseUntilMs;
    const untilMs = this.#inFlight > 0 ? Number.POSITIVE_INFINITY : pausedUntilMs;
    if (untilMs <= this.#context.clock.monotonicMs()) return true;
    this.#waitUntil({ reason: 'unreachable', untilMs });
    return false;
  }

  /** Starts a call, or gives it up when its wait would be too long; false when it has to wait. */
  #start(work: Work): boolean {
    const { clock } = this.#context;
    const tokens = this.#tokens.estimate(work.call.request);
    const now = () => clock.monotonicMs();
    const result = tryReserve(this.#setup.limiters, tokens, now, this.wake);
    if (!isWait(result)) {
      void this.#occupy(() => this.#serve(work, result), result);
      return true;
    }
    work.startedMs ??= clock.monotonicMs();
    if (result.reason === 'back-off' && this.#waitsTooLong(work, result.untilMs)) {
      const last = work.lastResult ?? notSent(work, result.untilMs - work.startedMs, clock);
      void this.#occupy(() => this.#finish(work, last));
      return true;
    }
    this.#queue.putBack(work);
    this.#waitUntil({ reason: result.reason, untilMs: result.untilMs });
    return false;
  }

  /** Takes one step of a call; the lane does not end before it is done. */
  async #occupy(step: () => Promise<void>, reservation?: Reservation): Promise<void> {
    this.#inFlight++;
    try {
      await step();
    } catch (error) {
      this.#context.onBroken(error);
    }
    this.#inFlight--;
    reservation?.release();
    this.wake();
  }

  async #serve(work: Work, reservation: Reservation): Promise<void> {
    const { clock, timeoutMs, onDelta } = this.#context;
    const sentMs = clock.monotonicMs();
    work.startedMs ??= sentMs;
    if (work.tries === 0) work.startedWallMs = clock.wallMs();
    else this.#counters.retries++;
    work.tries++;
    const running = this.#running;
    const deadlines = this.#deadlines;
    const result = await attempt(work.call, { clock, deadlines, timeoutMs, running, onDelta });
    work.lastResult = result;
    this.#tokens.settle(work.call.request, result.outcome, reservation);
    if (result.outcome instanceof CallError) {
      return this.#afterFailure(work, result, result.outcome, sentMs);
    }
    this.#health.noteReached();
    this.#health.noteAnswered(sentMs, this.#inFlight);
    // The endpoint is free now. Waiting for the disk as well would make calls that ended together start
    // together for ever; only a sink that falls far behind holds up new ones.
    if (this.#unsaved < MOST_UNSAVED && !work.call.hasFollowUp) reservation.release();
    return this.#finish(work, result);
  }

  async #afterFailure(
    work: Work,
    result: AttemptResult,
    error: CallError,
    sentMs: number,
  ): Promise<void> {
    const { clock, random, attempts, onFailedTry } = this.#context;
    // A call that was cut off by us has no answer: it is asked again when the run is resumed.
    if (this.#aborted) return this.#queue.noteDropped();
    onFailedTry?.(this.#setup.name, work.call, error);
    this.#health.noteError(error);
    const verdict = judge(error, {
      attempts: work.attempts + 1,
      mostAttempts: attempts,
      laneHasAnswered: this.#health.hasAnswered,
      serverIsAway: this.#health.inOutage,
      random,
    });
    switch (verdict.kind) {
      case 'answer':
        return this.#finish(work, result);
      case 'retry':
        work.attempts++;
        return this.#again(work, clock.monotonicMs() + verdict.delayMs, result);
      case 'wait': {
        const untilMs = this.#health.noteSlowDown(sentMs, error.retryAfterMs, this.#inFlight);
        for (const limiter of this.#setup.limiters) limiter.blockUntil(untilMs);
        return this.#again(work, untilMs, result);
      }
      case 'outage':
        if (this.#health.noteUnreachable(sentMs)) {
          return this.#again(work, this.#health.outagePauseUntilMs, result);
        }
        return this.#endLane('failed', work, result, error);
      case 'end lane':
        return this.#endLane(verdict.state, work, result, error);
    }
  }

  /** Puts a call back for another try, or gives up when its whole wait would be too long. */
  async #again(work: Work, dueMs: number, result: AttemptResult): Promise<void> {
    if (this.#waitsTooLong(work, dueMs)) return this.#finish(work, result);
    this.#queue.addRetry(work, dueMs);
  }

  #waitsTooLong(work: Work, untilMs: number): boolean {
    const { longestWaitMs = Number.POSITIVE_INFINITY } = this.#context;
    return untilMs - (work.startedMs ?? untilMs) > longestWaitMs;
  }

  async #finish(work: Work, result: AttemptResult): Promise<void> {
    const answer = answerOf(work, result);
    this.#unsaved++;
    await this.#context.sink.write(answer);
    this.#unsaved--;
    const counters = this.#counters;
    counters.answered++;
    if (answer.status === 'error') counters.failed++;
    counters.inputTokens += answer.usage.input ?? 0;
    counters.outputTokens += answer.usage.output ?? 0;
    if (answer.costUsd !== null) counters.costUsd += answer.costUsd;
    else if (answer.status === 'ok') counters.unknownCosts++;
    const followUp = this.#context.source.after(work.call, answer);
    if (followUp) this.#queue.addFollowUp(followUp);
  }

  /** Ends the lane. The call that showed it has no answer, so that it is asked again on resume. */
  async #endLane(
    state: 'failed' | 'parked',
    work: Work,
    result: AttemptResult,
    error: CallError,
  ): Promise<void> {
    if (this.#accepting) {
      this.#error = error;
      this.#stopAccepting(state);
    }
    if (this.#context.answerLaneErrors) await this.#finish(work, result);
    else this.#queue.noteDropped();
  }

  #stopAccepting(state: 'failed' | 'parked' | 'stopped'): void {
    this.#accepting = false;
    this.#state = state;
    this.#queue.close();
    this.#leaveQueues();
  }

  #endIfDone(): void {
    if (this.#inFlight > 0) return;
    if (this.#accepting && !this.#queue.isEmpty) return;
    // A lane that was told to stop when it had nothing left to start is done all the same.
    if (this.#error === null && this.#queue.isFinished) this.#state = 'done';
    this.#ended = true;
    this.#setTimer(undefined);
    this.#deadlines.close();
    this.#onEnd();
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
