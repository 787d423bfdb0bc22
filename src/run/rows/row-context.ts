import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { Ask, WorkflowContext } from '../../core/workflow.ts';
import type { LazyAbort } from './lazy-abort.ts';

/** What a workflow is handed. A class: one is made for every row. */
export class RowContext implements WorkflowContext {
  readonly ask: Ask;
  /** What it has noted; undefined: nothing. */
  notes: JsonObject | undefined;
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

  // Workflows take what they need out of their context: `({ ask, note }) => …`.
  get note(): WorkflowContext['note'] {
    return (keys) => {
      if (!isJsonObject(keys)) throw new TypeError('note takes an object of keys');
      this.notes = { ...this.notes, ...keys };
    };
  }

  get progress(): WorkflowContext['progress'] {
    return (line) => this.#onProgress?.(line);
  }
}
