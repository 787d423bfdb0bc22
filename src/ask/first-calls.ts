import type { CallError } from '../core/call-error.ts';
import type { AttemptResult } from './attempt.ts';
import type { LaneAlarm } from './lane-alarm.ts';
import { withContext } from './lane-end.ts';
import type { Work } from './work.ts';

/** Calls that may fail, one after the other, before it is the lane that is at fault. */
const MOST_FAILURES = 3;

/** What may be wrong with one call, or with all of a lane. */
const DOUBTFUL_STATUS: ReadonlySet<number | null> = new Set([400, 403]);

/** A call that failed for good. */
interface FailedCall {
  readonly work: Work;
  readonly result: AttemptResult;
}

/** What the lane does with such calls. */
export interface FirstCallsHost {
  /** The failure is the answer of a call that is in flight. */
  finish(call: FailedCall): void;
  /** The same of one that was held back. */
  giveUp(call: FailedCall): void;
  /** Holds a call back: its place is free. */
  hold(call: FailedCall): void;
  /** Ends the lane, whose fault it was; none of the calls is answered. */
  end(error: CallError, call: FailedCall, held: readonly FailedCall[]): void;
}

/**
 * The first calls of a lane, each alone: while none was answered, no other is in flight. One that is refused in a way
 * that may be its own fault (400, 403) is held back; the third in a row ends the lane, and an answer lets all go on.
 */
export class FirstCalls {
  readonly #host: FirstCallsHost;
  #isOver: boolean;
  #held: FailedCall[] = [];

  /** @param isWanted false: the lane has no such beginning */
  constructor(isWanted: boolean, host: FirstCallsHost) {
    this.#isOver = !isWanted;
    this.#host = host;
  }

  /** True while no call may start besides those in flight. */
  mustWait(inFlight: number): boolean {
    return !this.#isOver && inFlight > 0;
  }

  /** True while failures are held back. */
  get holds(): boolean {
    return this.#held.length > 0;
  }

  /** Lets all calls go on: those that were held back have their failures as answers. */
  end(): void {
    if (this.#isOver && this.#held.length === 0) return;
    this.#isOver = true;
    for (const call of this.take()) this.#host.giveUp(call);
  }

  /** Ends the beginning in a moment if nothing more comes: nobody else will say whose fault it was then. */
  review(alarm: LaneAlarm, isStill: () => boolean): void {
    if (this.#held.length > 0 && isStill()) alarm.whenStill(() => isStill() && this.end());
  }

  /** Gives what is held back, which is then nobody's. */
  take(): readonly FailedCall[] {
    const held = this.#held;
    this.#held = [];
    return held;
  }

  /** Sees to a call that has failed for good. */
  noteFailure(call: FailedCall, error: CallError): void {
    if (this.#isOver || error.scope === 'row' || !DOUBTFUL_STATUS.has(error.httpStatus)) {
      this.end();
      this.#host.finish(call);
    } else if (this.#held.length < MOST_FAILURES - 1) {
      this.#held.push(call);
      this.#host.hold(call);
    } else {
      const hint =
        'Mend the cause, then run again; with --no-setup each row is asked all the same.';
      const told = withContext(error, 'the first calls were all refused', hint);
      this.#host.end(told, call, this.take());
    }
  }
}
