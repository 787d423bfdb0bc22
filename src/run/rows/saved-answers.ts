import type { Answer } from '../../core/answer.ts';
import type { RowLines } from '../../store/index.ts';
import type { OpenAsk } from './open-ask.ts';

/** What the journal holds of the answers of a row that is open. */
export type SavedLines = Pick<RowLines, 'answers' | 'replaced'>;

/** Turns of the event loop in which a workflow may come to ask for the next saved answer by itself. */
const PATIENCE_TURNS = 2;

/**
 * The saved answers of a row that goes on, in the order of their lines. A workflow that is run again gets them
 * in this order, because that is how it got them before.
 */
export class SavedAnswers {
  readonly #saved = new Map<string, RowLines['answers'][number]>();
  /** Answers that were paid for and are not taken. */
  readonly replaced: readonly Answer[];
  readonly #onStale: (name: string, answer: Answer) => void;
  #turnsWithout = 0;

  /**
   * @param onStale told of a saved answer that is to another question than the one asked now
   */
  constructor({ answers, replaced }: SavedLines, onStale: (name: string, answer: Answer) => void) {
    for (const saved of answers) this.#saved.set(saved.answer.key.name, saved);
    this.replaced = replaced.map(({ answer }) => answer);
    this.#onStale = onStale;
  }

  has(name: string): boolean {
    return this.#saved.has(name);
  }

  /** True when nothing is sent that has no saved answer: those that are there come first. */
  get holdsOthers(): boolean {
    return this.#saved.size > 0 && this.#turnsWithout < PATIENCE_TURNS;
  }

  /**
   * Takes the first saved answer that is asked for now; undefined if there is none. A workflow that does not
   * come to ask for what is left is gone on with after some turns.
   */
  take(open: {
    get(name: string): OpenAsk | undefined;
  }): { ask: OpenAsk; answer: Answer } | undefined {
    for (const [name, { answer, marks }] of this.#saved) {
      const ask = open.get(name);
      if (ask?.state !== 'held') continue;
      this.#saved.delete(name);
      if (marks === null || marks.hash === ask.hash) {
        this.#turnsWithout = 0;
        return { ask, answer };
      }
      this.#onStale(name, answer);
    }
    this.#turnsWithout++;
    return undefined;
  }

  /** What the workflow has not asked for. */
  rest(): Answer[] {
    return [...this.#saved.values()].map(({ answer }) => answer);
  }
}
