const USUAL_BYTES = 256 * 1024;

/**
 * Text on its way to a file, as UTF-8 bytes in memory that is used again and again. It grows with
 * what it must hold and shrinks back when it is emptied.
 */
export class StagingBuffer {
  #bytes = Buffer.allocUnsafeSlow(USUAL_BYTES);
  #length = 0;

  /** Bytes held now. */
  get length(): number {
    return this.#length;
  }

  /** Adds a text and returns its size in bytes. */
  add(text: string): number {
    // The most a UTF-16 unit can take is three bytes; ask exactly only when that does not fit.
    const room = this.#bytes.length - this.#length;
    if (text.length * 3 > room) this.#reserve(Buffer.byteLength(text));
    const count = this.#bytes.write(text, this.#length);
    this.#length += count;
    return count;
  }

  /** What is held, valid until the next `add` or `clear`. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
    if (this.#bytes.length > 4 * USUAL_BYTES) this.#bytes = Buffer.allocUnsafeSlow(USUAL_BYTES);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
