import type { Answer } from '../core/answer.ts';
import { addUsage, UNKNOWN_USAGE, type Usage } from '../core/usage.ts';

/** What all calls of a run have used and cost so far. */
export class CallTotals {
  usage: Usage = UNKNOWN_USAGE;
  /** US dollars of the calls whose price is known; null if there is none. */
  costUsd: number | null = null;
  /** Answered calls whose cost is not known. */
  unknownCosts = 0;

  add({ status, usage, costUsd }: Answer): void {
    this.usage = addUsage(this.usage, usage);
    if (costUsd !== null) this.costUsd = (this.costUsd ?? 0) + costUsd;
    else if (status === 'ok') this.unknownCosts++;
  }
}
