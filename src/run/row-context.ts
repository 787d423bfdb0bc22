import type { Ask, WorkflowContext } from '../core/workflow.ts';
import type { LazyAbort } from './lazy-abort.ts';

/** What a workflow is handed. A class: one is made for every row. */
export class RowContext implements WorkflowContext {
  readonly ask: Ask;
  readonly #abort: LazyAbort;
  readonly #onProgress: ((line: string) => void) | undefined;

  /** @param onProgress told how far the workflow says it has come; undefined: nobody is */
  constructor(ask: Ask, abort: LazyAbort, onProgress: ((line: string) => void) | undefined) {
    this.ask = ask;
    this.#abort = abort;
    this.#onProgress = onProgress;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  progress(line: string): void {
    this.#onProgress?.(line);
  }
}
