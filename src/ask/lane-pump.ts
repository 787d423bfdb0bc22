import { CallError } from '../core/call-error.ts';
import { isWait, type Reservation } from '../scheduler/index.ts';
import type { AttemptResult } from './attempt.ts';
import type { Call } from './call.ts';
import { CallQueue } from './call-queue.ts';
import { FirstCalls } from './first-calls.ts';
import { keepAnswer } from './keep-answer.ts';
import { LaneAlarm } from './lane-alarm.ts';
import { LaneAttempts } from './lane-attempts.ts';
import { givenUp, unsentCall } from './lane-end.ts';
import { LaneHealth } from './lane-health.ts';
import type { LaneContext, LaneSetup } from './lane-setup.ts';
import { LaneCounters, type LaneStatus } from './lane-status.ts';
import type { LaneEnd } from './next-step.ts';
import { answerOf, mostAttempts, untried, Work } from './work.ts';

/** Drives one lane: pulls its calls, starts each as soon as its limits allow, retries, hands on the answers. */
export class LanePump {
  readonly #setup: LaneSetup;
  readonly #queue: CallQueue;
  readonly #context: LaneContext;
  readonly #lane: number;
  readonly #health: LaneHealth;
  readonly #attempts: LaneAttempts;
  readonly #first: FirstCalls;
  readonly #counters = new LaneCounters();
  readonly #alarm: LaneAlarm;
  /** Starts a call if one can start now, or arranges to be woken when one can. */
  readonly wake: () => void;
  readonly #onEnd: () => void;
  readonly #isStill = (): boolean => this.#inFlight === 0 && this.#queue.isIdle;
  #state: LaneStatus['state'] = 'running';
  #error: CallError | null = null;
  #inFlight = 0;
  #accepting = true;
  #aborted = false;
  #ended = false;

  /** @param onEnd called once, when the lane has nothing in flight and starts nothing more */
  constructor(setup: LaneSetup, lane: number, context: LaneContext, onEnd: () => void) {
    this.#setup = setup;
    this.#lane = lane;
    this.#context = context;
    this.#queue = new CallQueue({
      pull: () => context.source.next(lane),
      onArrived: () => this.wake(),
      onBroken: context.onBroken,
    });
    this.#onEnd = onEnd;
    this.#alarm = new LaneAlarm(context.clock, () => this.#advance());
    this.wake = this.#alarm.ring;
    this.#health = new LaneHealth({ ...context, known: setup.known });
    this.#first = new FirstCalls(context.firstAlone ?? false, {
      finish: ({ work, result }) => this.#finish(work, result),
      giveUp: ({ work, result }) => this.#giveUp(work, result),
      hold: ({ work }) => this.#leave(work),
      end: (error, { work, result }, held) => {
        this.#endLane({ kind: 'end lane', state: 'failed', error }, work, result);
        for (const one of held) this.#tellDropped(one.work, { ...one.result, outcome: error });
      },
    });
    this.#attempts = new LaneAttempts(setup.limiters, context);
  }

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
    this.#attempts.abort(reason);
  }

  /** Takes a call of a row that has begun: it comes before new rows. */
  add(call: Call): void {
    if (!this.#accepting || this.#ended) this.#tellDropped(new Work(call, true), null);
    else this.#queue.add(call);
    this.wake();
  }

  /** Lets the source be asked again after it had nothing for the moment. */
  resume(): void {
    this.#queue.resume(this.#context.source.isOver?.(this.#lane));
    this.wake();
  }

  /** Ends a call with an answer that says so, unless its own answer has come; false if it is not here. */
  cancel(call: Call, reason: CallError): boolean {
    if (this.#attempts.cancel(call, reason)) return true;
    const work = this.#queue.remove(call);
    if (work !== undefined) this.#giveUp(work, untried(reason));
    return work !== undefined;
  }

  status(): LaneStatus {
    return {
      ...this.#counters,
      name: this.#setup.name,
      state: this.#state,
      inFlight: this.#inFlight,
      waiting: this.#alarm.waiting,
      error: this.#error,
    };
  }

  #advance(): void {
    if (this.#ended) return;
    this.#alarm.clear();
    try {
      const work = this.#accepting ? this.#takeWork() : undefined;
      const queued = work !== undefined && !this.#start(work);
      // Who wants nothing now must not keep a place in front of the others.
      if (!queued) this.#leaveQueues(work === undefined);
      // One at a time, so that lanes which share a limiter take turns from the first call on.
      if (work && !queued) this.wake();
      if (work === undefined && this.#inFlight === 0)
        this.#first.review(this.#alarm, this.#isStill);
      this.#endIfDone();
    } catch (error) {
      this.#context.onBroken(error);
    }
  }

  #takeWork(): Work | undefined {
    if (this.#first.mustWait(this.#inFlight)) return undefined;
    const wait = this.#health.waitFor(this.#inFlight);
    if (wait !== undefined) {
      const { reason, untilMs } = wait;
      const unsent = reason === 'back-off' && unsentCall(this.#queue, untilMs, this.#context);
      if (unsent) this.#giveUp(unsent.work, unsent.result);
      else this.#alarm.waitUntil(wait);
      return undefined;
    }
    const unfailed = this.#health.looksAtNew ? this.#queue.takeNew() : undefined;
    const work = unfailed ?? this.#queue.take(this.#context.clock.monotonicMs());
    if (work === undefined) this.#alarm.waitUntilDue(this.#queue.firstDue);
    return work;
  }

  /** Starts a call, or gives it up when its wait would be too long; false when it has to wait. */
  #start(work: Work): boolean {
    const most = mostAttempts(work, this.#context);
    if (work.lastResult !== undefined && this.#health.isSpent(work, most)) {
      this.#giveUp(work, work.lastResult);
      return true;
    }
    const result = this.#attempts.reserve(work, this.wake);
    if (!isWait(result)) {
      this.#send(work, result);
      return true;
    }
    work.startedMs ??= this.#context.clock.monotonicMs();
    this.#queue.putBack(work);
    this.#alarm.waitUntil({ reason: result.reason, untilMs: result.untilMs });
    return false;
  }

  #send(work: Work, reservation: Reservation): void {
    const { clock } = this.#context;
    const sentMs = clock.monotonicMs();
    this.#health.noteSent(work, sentMs, this.#inFlight++);
    work.startedMs ??= sentMs;
    if (work.tries === 0) work.startedWallMs = clock.wallMs();
    else this.#counters.retries++;
    work.tries++;
    this.#attempts.start(work, reservation, (result) => {
      try {
        this.#attempts.settle(work, result);
        this.#take(work, result, sentMs);
      } catch (error) {
        this.#context.onBroken(error);
        this.#leave(work);
      }
    });
  }

  #take(work: Work, result: AttemptResult, sentMs: number): void {
    work.lastResult = result;
    const { outcome } = result;
    if (outcome instanceof CallError) this.#afterFailure(work, result, outcome, sentMs);
    else {
      this.#health.noteAnswered(work, sentMs, this.#inFlight);
      this.#first.end();
      this.#finish(work, result);
    }
  }

  #afterFailure(work: Work, result: AttemptResult, error: CallError, sentMs: number): void {
    // A call that was cut off by us has no answer: it is asked again when the run is resumed.
    if (this.#aborted) {
      this.#drop(work, null);
      return;
    }
    if (error.code === 'cancelled' || error.code === 'deadline_passed') {
      this.#finish(work, result);
      return;
    }
    const { onFailedTry, everyTryCounts = false } = this.#context;
    onFailedTry?.(this.#setup.name, work.call, error);
    work.call.onFailedTry?.(error);
    const inFlight = this.#inFlight;
    const isOnlyCall = everyTryCounts || (inFlight === 1 && this.#queue.isIdle);
    const most = mostAttempts(work, this.#context);
    const about = { work, error, sentMs, inFlight, isOnlyCall, mostAttempts: most };
    const next = this.#health.nextStep(about);
    if (next.kind === 'answer') this.#first.noteFailure({ work, result }, error);
    else if (next.kind === 'again') this.#again(work, next.dueMs, result);
    else this.#endLane(next, work, result);
  }

  /** Puts a call back for another try, or gives up when its whole wait would be too long. */
  #again(work: Work, dueMs: number, result: AttemptResult): void {
    const last = givenUp(work, result, dueMs, this.#context);
    if (last) this.#finish(work, last);
    else if (!this.#accepting) this.#drop(work, result);
    else {
      this.#queue.addRetry(work, dueMs);
      this.#leave(work);
    }
  }

  /** Ends a call that is not under way. */
  #giveUp(work: Work, result: AttemptResult): void {
    this.#inFlight++;
    this.#finish(work, result);
  }

  /** Hands on the answer of a call; its place is free when it is kept. */
  #finish(work: Work, result: AttemptResult): void {
    const answer = answerOf(work, result, this.#context.clock);
    keepAnswer(this.#context.sink, answer, work.call, {
      kept: () => {
        this.#counters.addAnswer(answer);
        this.#leave(work);
      },
      failed: (error) => {
        this.#context.onBroken(error);
        this.#leave(work);
      },
    });
  }

  /** Ends a call without an answer; `result` is its last try, null when the lane was told to stop. */
  #drop(work: Work, result: AttemptResult | null): void {
    this.#queue.noteDropped();
    this.#tellDropped(work, result);
    this.#leave(work);
  }

  #tellDropped(work: Work, result: AttemptResult | null): void {
    const last = result ?? untried(this.#error!);
    const answer = this.#error === null ? null : answerOf(work, last, this.#context.clock);
    this.#context.source.dropped?.(work.call, this.#lane, answer);
  }

  /** Gives back a call's place. */
  #leave(work: Work): void {
    this.#inFlight--;
    this.#health.noteGone(work);
    work.reservation?.release();
    work.reservation = undefined;
    this.wake();
  }

  /** Ends the lane. The call that showed it has no answer, so that it is asked again on resume. */
  #endLane({ state, error }: LaneEnd, work: Work, result: AttemptResult): void {
    if (this.#accepting) this.#stopAccepting(state, error);
    this.#drop(work, { ...result, outcome: error });
  }

  #stopAccepting(state: 'failed' | 'parked' | 'stopped', error: CallError | null = null): void {
    this.#accepting = false;
    this.#error = error;
    this.#state = state;
    for (const { work, result } of this.#first.take()) this.#tellDropped(work, result);
    for (const work of this.#queue.close()) this.#tellDropped(work, work.lastResult ?? null);
    this.#leaveQueues();
    this.#context.source.laneEnded?.(this.#lane);
  }

  #endIfDone(): void {
    if (this.#inFlight > 0 || this.#first.holds) return;
    if (this.#accepting && !this.#queue.isEmpty) return;
    // A lane that was told to stop when it had nothing left to start is done all the same.
    if (this.#error === null && this.#queue.isFinished) this.#state = 'done';
    this.#ended = true;
    this.#alarm.clear();
    this.#attempts.close();
    this.#onEnd();
  }

  #leaveQueues(wantsNothing = true): void {
    for (const limiter of this.#setup.limiters) limiter.leave(this.wake, wantsNothing);
  }
}
