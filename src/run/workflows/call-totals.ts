import { type Answer, hasUnknownCost } from '../../core/answer.ts';
import { addUsage, UNKNOWN_USAGE, type Usage } from '../../core/usage.ts';

/** What all calls of a run have used and cost so far. */
export class CallTotals {
  usage: Usage = UNKNOWN_USAGE;
  /** US dollars of the calls whose price is known; null if there is none. */
  costUsd: number | null = null;
  /** Calls that were paid for at a price that is not known. */
  unknownCosts = 0;

  add(answer: Answer): void {
    const { usage, costUsd } = answer;
    this.usage = addUsage(this.usage, usage);
    if (costUsd !== null) this.costUsd = (this.costUsd ?? 0) + costUsd;
    if (hasUnknownCost(answer)) this.unknownCosts++;
  }
}
