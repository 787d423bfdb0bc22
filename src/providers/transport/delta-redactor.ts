import type { Secrets } from './secrets.ts';

/**
 * Removes secrets from a text that arrives in pieces. A piece's end that may be the beginning of a
 * secret is held back until the next pieces show what it is.
 */
export class DeltaRedactor {
  readonly #secrets: Secrets;
  readonly #emit: (text: string) => void;
  #held = '';

  constructor(secrets: Secrets, emit: (text: string) => void) {
    this.#secrets = secrets;
    this.#emit = emit;
  }

  push(piece: string): void {
    const text = this.#secrets.redactAnswer(this.#held + piece);
    const safe = text.length - this.#secrets.openEnd(text);
    this.#held = text.slice(safe);
    if (safe > 0) this.#emit(text.slice(0, safe));
  }

  /** Gives out what was held back; the text is complete. */
  end(): void {
    if (this.#held !== '') this.#emit(this.#held);
    this.#held = '';
  }
}
