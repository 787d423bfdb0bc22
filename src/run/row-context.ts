import type { JsonObject } from '../core/json.ts';
import type { Ask, WorkflowContext } from '../core/workflow.ts';
import type { LazyAbort } from './lazy-abort.ts';

/** What a workflow is handed. A class: one is made for every row. */
export class RowContext implements WorkflowContext {
  readonly ask: Ask;
  readonly #abort: LazyAbort;
  readonly #onNote: ((keys: JsonObject) => void) | undefined;

  /** @param onNote takes what the row's record gets; undefined: nobody does */
  constructor(ask: Ask, abort: LazyAbort, onNote?: (keys: JsonObject) => void) {
    this.ask = ask;
    this.#abort = abort;
    this.#onNote = onNote;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  note(keys: JsonObject): void {
    this.#onNote?.(keys);
  }
}
