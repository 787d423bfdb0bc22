import type { Answer } from '../core/answer.ts';
import type { WorkflowContext } from '../core/workflow.ts';
import { askComposite, type CompositeAsk } from './ask-composite.ts';
import type { AskScope } from './ask-scope.ts';
import { LazyAbort } from './lazy-abort.ts';

/** How composites are bound to their row. */
export interface RowCompositesOptions {
  readonly contextOf: (
    scope: AskScope,
    abort: LazyAbort,
    onProgress: ((line: string) => void) | undefined,
  ) => WorkflowContext;
  /** Told of a composite that has its answer: what it left is to be cancelled. */
  readonly onEnd: (scope: AskScope) => void;
  /** Told of one that cannot be answered in this run. */
  readonly onLost: CompositeAsk['onLost'];
}

/** The composite models that a row asks. */
export class RowComposites {
  readonly #options: RowCompositesOptions;
  readonly #underWay = new Set<LazyAbort>();
  /** The answers of those that the row's own workflow has asked. */
  readonly #answers: Answer[] = [];

  constructor(options: RowCompositesOptions) {
    this.#options = options;
  }

  /** Asks one; see `askComposite`. */
  async ask(ask: Omit<CompositeAsk, 'contextOf' | 'onEnd' | 'onLost'>): Promise<Answer> {
    const { contextOf, onEnd, onLost } = this.#options;
    const abort = new LazyAbort();
    this.#underWay.add(abort);
    const answer = await askComposite({
      ...ask,
      contextOf: (inner) => contextOf(inner, abort, ask.options.onProgress),
      onLost,
      onEnd: (inner) => {
        this.#underWay.delete(abort);
        abort.abort();
        onEnd(inner);
      },
    });
    if (ask.scope.parent === null) this.#answers.push(answer);
    return answer;
  }

  /** Lets those go that are under way. */
  abort(): void {
    for (const abort of this.#underWay) abort.abort();
    this.#underWay.clear();
  }

  /**
   * The sums of a row with what its composites say of theirs. Where one is all that the row asks, it is the model that
   * answered, in its time; of several the first degraded one is told of, else the last.
   *
   * @param asked calls and composites that the row's own workflow has asked
   */
  told(sums: Answer, asked: number): Answer {
    const [first] = this.#answers;
    if (first === undefined) return sums;
    const detailed = this.#answers.filter(({ details }) => details?.consortium !== undefined);
    const isDegraded = ({ details }: Answer) => details?.consortium?.status !== 'complete';
    const { details } = detailed.find(isDegraded) ?? detailed.at(-1) ?? first;
    const own = details && { ...sums.details, ...details };
    const told = own === undefined ? sums : { ...sums, details: own };
    if (asked > 1) return told;
    return {
      ...told,
      model: first.model,
      finishReason: first.finishReason,
      latencyMs: first.latencyMs,
    };
  }
}
