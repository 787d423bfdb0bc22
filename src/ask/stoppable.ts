import type { GenerateOptions } from '../core/model.ts';

/**
 * How one try of a call is made, and how it is ended early. A signal is made when it is first read: most calls end by
 * themselves, and one for each would cost as much as the rest of a try.
 */
export class Stoppable implements GenerateOptions {
  readonly onDelta?: (text: string) => void;
  readonly onPiece: () => void;
  readonly onPreparing: (isUnderWay: boolean) => void;
  #controller: AbortController | undefined;
  #listener: ((reason: unknown) => void) | undefined;
  #stopped: { readonly reason: unknown } | undefined;

  /**
   * @param onPiece told of each piece of a streamed answer
   * @param onPreparing told when what the call needs first is being brought, and when it is there
   */
  constructor(
    onDelta: ((text: string) => void) | undefined,
    onPiece: () => void,
    onPreparing: (isUnderWay: boolean) => void,
  ) {
    if (onDelta) this.onDelta = onDelta;
    this.onPiece = onPiece;
    this.onPreparing = onPreparing;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#stopped) this.#controller.abort(this.#stopped.reason);
    return this.#controller.signal;
  }

  get isStopped(): boolean {
    return this.#stopped !== undefined;
  }

  onStop(listener: (reason: unknown) => void): void {
    this.#listener = listener;
    if (this.#stopped) listener(this.#stopped.reason);
  }

  /** Ends the try; only the first reason counts. */
  stop(reason: unknown): void {
    if (this.#stopped) return;
    this.#stopped = { reason };
    this.#listener?.(reason);
    this.#controller?.abort(reason);
  }
}
