import type { Answer } from '../../core/answer.ts';
import type { RowLines } from '../../store/index.ts';
import type { OpenAsk } from './open-ask.ts';

/** What the journal holds of the answers of a row that is open. */
export type SavedLines = Pick<RowLines, 'answers' | 'replaced'>;

type SavedLine = SavedLines['answers'][number];

/** Turns of the event loop in which a workflow may come to ask for the next saved answer by itself. */
const PATIENCE_TURNS = 2;

/**
 * The saved answers of a row that goes on, in the order of their lines. A workflow that is run again gets them
 * in this order, because that is how it got them before.
 */
export class SavedAnswers {
  /** In the order of their lines; those that were taken leave a hole. */
  readonly #lines: (SavedLine | undefined)[] = [];
  /** Where each stands that was not taken. */
  readonly #places = new Map<string, number>();
  /** The places that are asked for. */
  readonly #wanted = new Set<number>();
  /** No place before this one is asked for. */
  #from = 0;
  /** Answers that were paid for and are not taken. */
  readonly replaced: readonly Answer[];
  readonly #onStale: (name: string, answer: Answer) => void;
  #turnsWithout = 0;

  /**
   * @param onStale told of a saved answer that is to another question than the one asked now
   */
  constructor({ answers, replaced }: SavedLines, onStale: (name: string, answer: Answer) => void) {
    for (const line of answers) {
      const { name } = line.answer.key;
      const place = this.#places.get(name) ?? this.#lines.length;
      this.#places.set(name, place);
      this.#lines[place] = line;
    }
    this.replaced = replaced.map(({ answer }) => answer);
    this.#onStale = onStale;
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  /** True when nothing is sent that has no saved answer: those that are there come first. */
  get holdsOthers(): boolean {
    return this.#places.size > 0 && this.#turnsWithout < PATIENCE_TURNS;
  }

  /** Notes that a name is asked for; false when there is no answer by it. */
  want(name: string): boolean {
    const place = this.#places.get(name);
    if (place === undefined) return false;
    this.#wanted.add(place);
    this.#from = Math.min(this.#from, place);
    return true;
  }

  /**
   * Takes the first saved answer that is asked for now; undefined if there is none. A workflow that does not
   * come to ask for what is left is gone on with after some turns.
   *
   * @param onFreed told of a call whose saved answer is to another question
   */
  take(
    open: { get(name: string): OpenAsk | undefined },
    onFreed: (ask: OpenAsk) => void = () => {},
  ): { ask: OpenAsk; answer: Answer } | undefined {
    while (this.#wanted.size > 0) {
      const place = this.#nextWanted();
      const { answer, marks } = this.#lines[place]!;
      const { name } = answer.key;
      const ask = open.get(name);
      if (ask?.state !== 'held') continue;
      this.#places.delete(name);
      this.#lines[place] = undefined;
      if (marks === null || marks.hash === ask.hash) {
        this.#turnsWithout = 0;
        return { ask, answer };
      }
      this.#onStale(name, answer);
      onFreed(ask);
    }
    this.#turnsWithout++;
    return undefined;
  }

  /** What the workflow has not asked for. */
  rest(): Answer[] {
    return this.#lines.flatMap((line) => (line === undefined ? [] : [line.answer]));
  }

  /** Goes on to the first place that is asked for. */
  #nextWanted(): number {
    while (!this.#wanted.delete(this.#from)) this.#from++;
    return this.#from;
  }
}
