import type { Ask, WorkflowContext } from '../core/workflow.ts';
import type { LazyAbort } from './lazy-abort.ts';

/** What a workflow is handed. A class: one is made for every row. */
export class RowContext implements WorkflowContext {
  readonly ask: Ask;
  readonly #abort: LazyAbort;

  constructor(ask: Ask, abort: LazyAbort) {
    this.ask = ask;
    this.#abort = abort;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }
}
