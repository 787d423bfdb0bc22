import type { Answer } from '../../core/answer.ts';
import { toldConsortium } from '../../core/answer-details.ts';
import type { Clock } from '../../core/clock.ts';
import type { WorkflowContext } from '../../core/workflow.ts';
import { askComposite, type CompositeAsk } from './ask-composite.ts';
import { deadlineOf } from './ask-deadline.ts';
import { type AskScope, giveUpComposite } from './ask-scope.ts';
import { LazyAbort } from './lazy-abort.ts';

/** The row that asks composites. */
export interface CompositeRow {
  /** What the workflow of a scope is handed. */
  contextOf(
    scope: AskScope,
    abort: LazyAbort,
    onProgress: ((line: string) => void) | undefined,
  ): WorkflowContext;
  /** Cancels what a composite that has its answer has left. */
  cancelWithin(scope: AskScope): void;
  /** Takes note that what the row waits for cannot be answered in this run. */
  loseAll(): void;
}

/** The composite models that a row asks. */
export class RowComposites {
  readonly #row: CompositeRow;
  readonly #clock: Clock;
  readonly #underWay = new Set<LazyAbort>();
  /** The answers of those that the row's own workflow has asked. */
  readonly #answers: Answer[] = [];

  constructor(row: CompositeRow, clock: Clock) {
    this.#row = row;
    this.#clock = clock;
  }

  /** Asks one; see `askComposite`. */
  async ask(asked: Omit<CompositeAsk, 'deadline' | 'contextOf' | 'onEnd' | 'onLost'>) {
    const { options, scope } = asked;
    const abort = new LazyAbort();
    this.#underWay.add(abort);
    const answer = await askComposite({
      ...asked,
      deadline: deadlineOf(options.deadlineMs, scope.deadline, this.#clock),
      contextOf: (inner) => this.#row.contextOf(inner, abort, options.onProgress),
      onLost: (outer, error) => {
        if (!giveUpComposite(outer, error)) this.#row.loseAll();
      },
      onEnd: (inner) => {
        this.#underWay.delete(abort);
        abort.abort();
        this.#row.cancelWithin(inner);
      },
    });
    if (scope.parent === null) this.#answers.push(answer);
    return answer;
  }

  /** Lets those go that are under way. */
  abort(): void {
    for (const abort of this.#underWay) abort.abort();
    this.#underWay.clear();
  }

  /**
   * The sums of a row with what its composites say of theirs. Where one is all that the row asks, it is the model that
   * answered, in its time; of several it is told as `toldConsortium` does.
   *
   * @param asked calls and composites that the row's own workflow has asked
   */
  told(sums: Answer, asked: number): Answer {
    const [first] = this.#answers;
    if (first === undefined) return sums;
    const consortium = toldConsortium(this.#answers.map(({ details }) => details));
    const own = { ...sums.details, ...first.details, ...(consortium && { consortium }) };
    const told = Object.keys(own).length === 0 ? sums : { ...sums, details: own };
    if (asked > 1) return told;
    return {
      ...told,
      model: first.model,
      finishReason: first.finishReason,
      latencyMs: first.latencyMs,
      costUsd: first.costUsd,
    };
  }
}
