import { type Answer, hasUnknownCost } from '../core/answer.ts';
import type { CallError } from '../core/call-error.ts';
import type { WaitReason } from '../scheduler/index.ts';

/** Why a lane starts nothing at the moment. */
export interface LaneWait {
  readonly reason: WaitReason | 'back-off' | 'retry' | 'unreachable' | 'failing';
  /** Monotonic time until which it waits; `Infinity` when it will be woken. */
  readonly untilMs: number;
  /** The server's own words that made it wait; null or left out if there are none. */
  readonly said?: string | null;
  /** Monotonic time since which it waits for that, with no answer between. */
  readonly sinceMs?: number | null;
}

/** What a lane has done so far. A snapshot. */
export interface LaneStatus {
  readonly name: string;
  /**
   * `failed`: no call of it can succeed (bad key, unknown model, unreachable, the same error again and again).
   * `parked`: its quota is used up, or it was asked to wait for longer than it may.
   * `stopped`: it was told to stop before it was done.
   */
  readonly state: 'running' | 'done' | 'failed' | 'parked' | 'stopped';
  readonly inFlight: number;
  /** Calls answered, failed ones included. */
  readonly answered: number;
  readonly failed: number;
  /** Requests sent for calls that had been tried before. */
  readonly retries: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars of the calls whose price is known. */
  readonly costUsd: number;
  /** Calls that were paid for at a price that is not known. */
  readonly unknownCosts: number;
  readonly waiting: LaneWait | null;
  /** What ended the lane, for `failed` and `parked`. */
  readonly error: CallError | null;
}

/** Counts what a lane does; `LaneStatus` is made from it. */
export class LaneCounters {
  answered = 0;
  failed = 0;
  retries = 0;
  inputTokens = 0;
  outputTokens = 0;
  costUsd = 0;
  unknownCosts = 0;

  addAnswer(answer: Answer): void {
    const { status, usage, costUsd } = answer;
    this.answered++;
    if (status === 'error') this.failed++;
    this.inputTokens += usage.input ?? 0;
    this.outputTokens += usage.output ?? 0;
    if (costUsd !== null) this.costUsd += costUsd;
    if (hasUnknownCost(answer)) this.unknownCosts++;
  }
}
