import type { AnswerLog } from './answer-log.ts';
import type { JournalPlace } from './journal-place.ts';

/** A log that keeps nothing: for what is asked once and shown, and not gone on with. */
export class MemoryLog implements AnswerLog {
  #lines = 0;

  keep(...[, , , waiter]: Parameters<AnswerLog['keep']>): void {
    void this.#place().then((place) => waiter.written(place));
  }

  endRow(...[, , , waiter]: Parameters<AnswerLog['endRow']>): void {
    void this.#place().then((place) => waiter.written(place));
  }

  /** Each line has a place of its own, as in a file. */
  async #place(): Promise<JournalPlace> {
    return { offset: this.#lines++, length: 1, content: '' };
  }
}
