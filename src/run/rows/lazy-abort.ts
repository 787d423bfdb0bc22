/** Why a signal of a workflow is aborted. One for all: an error for each row would cost more than the row. */
const COUNTS_NO_MORE = new Error('what this workflow does counts no more');

/** A signal that is made when it is first read: most workflows never do. */
export class LazyAbort {
  #controller: AbortController | undefined;
  #isAborted = false;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isAborted) this.#controller.abort(COUNTS_NO_MORE);
    return this.#controller.signal;
  }

  abort(): void {
    this.#isAborted = true;
    this.#controller?.abort(COUNTS_NO_MORE);
  }
}
