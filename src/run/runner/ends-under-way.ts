import type { AnswerKeeper } from '../../ask/index.ts';

/** The ends of rows that are on their way to the disk. */
export class EndsUnderWay implements AnswerKeeper {
  readonly #onFailed: (error: unknown) => void;
  #count = 0;
  #onNone = () => {};

  /** @param onFailed told why an end could not be kept */
  constructor(onFailed: (error: unknown) => void) {
    this.#onFailed = onFailed;
  }

  begin(): void {
    this.#count++;
  }

  kept(): void {
    if (--this.#count === 0) this.#onNone();
  }

  failed(error: unknown): void {
    this.#onFailed(error);
    this.kept();
  }

  /** Resolves when none is left. */
  none(): Promise<void> {
    return new Promise((resolve) => {
      this.#onNone = resolve;
      if (this.#count === 0) resolve();
    });
  }
}
