import type { CallError } from '../core/call-error.ts';
import { withContext } from './lane-end.ts';

const MAX_TEXT = 300;

/** What an error says without what differs from call to call: numbers, ids, times. */
export function sameWords({ httpStatus, code, said, message }: CallError): string {
  const text = (said ?? message).slice(0, MAX_TEXT).toLowerCase();
  return `${httpStatus} ${code} ${text.replace(/[\w.:-]*\d[\w.:-]*/g, '#')}`;
}

/** Counts final errors that say the same with no answer between them: what no table of errors knows shows here. */
export class SameErrors {
  readonly #most: number;
  #words = '';
  #count = 0;

  /** @param most such errors that end the lane; 0: any number */
  constructor(most: number) {
    this.#most = most;
  }

  /** Notes that a call was answered. */
  noteAnswered(): void {
    this.#count = 0;
  }

  /** Notes a final error; gives the error that ends the lane when it is one too many. */
  note(error: CallError): CallError | undefined {
    if (this.#most === 0 || error.scope === 'row') return undefined;
    const words = sameWords(error);
    this.#count = words === this.#words ? this.#count + 1 : 1;
    this.#words = words;
    if (this.#count < this.#most) return undefined;
    return withContext(
      error,
      `${this.#most} calls in a row failed with the same error`,
      'Mend the cause, then run again; with --stop-after 0 such a run goes on to its end.',
    );
  }
}
