import type { AnswerKeeper } from '../../ask/index.ts';
import type { JournalPlace, LineWaiter } from '../../store/index.ts';

/** A line on its way to the disk: what follows from it comes before who handed it over goes on. */
export class Keeping implements LineWaiter {
  readonly #keeper: AnswerKeeper;
  readonly #then: (place: JournalPlace) => void;

  constructor(keeper: AnswerKeeper, then: (place: JournalPlace) => void) {
    this.#keeper = keeper;
    this.#then = then;
  }

  written(place: JournalPlace): void {
    try {
      this.#then(place);
    } catch (error) {
      this.failed(error);
      return;
    }
    this.#keeper.kept();
  }

  failed(error: unknown): void {
    this.#keeper.failed(error);
  }
}
