/** A body that comes in more than one piece gets at least so many bytes of its own. */
const LEAST_BYTES = 64 * 1024;
const NOTHING = Buffer.alloc(0);

/**
 * The bytes of one body while it comes. The memory of a large one is given back the moment that it is not needed: the
 * garbage collector sees little of what a buffer holds, and would leave many of them lying about.
 */
export class BodyBytes {
  #bytes: Buffer = NOTHING;
  #length = 0;
  /** True once the bytes are in memory of this body alone. */
  #isOwn = false;

  /** @param declaredBytes the length that the head declares, if it is the length of what is kept; else NaN */
  add(piece: Buffer, declaredBytes: number): void {
    const length = this.#length + piece.length;
    if (this.#length === 0) this.#bytes = piece;
    else {
      if (!this.#isOwn || length > this.#bytes.length) this.#reserve(length, declaredBytes);
      piece.copy(this.#bytes, this.#length);
    }
    this.#length = length;
  }

  /** What has come, valid until the next `add` or `drop`. */
  view(): Buffer {
    const isFull = this.#length === this.#bytes.length;
    return isFull ? this.#bytes : this.#bytes.subarray(0, this.#length);
  }

  /** Gives the memory back. */
  drop(): void {
    if (this.#isOwn) giveBack(this.#bytes);
    this.#bytes = NOTHING;
    this.#length = 0;
    this.#isOwn = false;
  }

  #reserve(neededBytes: number, declaredBytes: number): void {
    const mostBytes = declaredBytes >= neededBytes ? declaredBytes : Number.POSITIVE_INFINITY;
    const size = Math.min(Math.max(neededBytes * 2, LEAST_BYTES), mostBytes);
    const grown = Buffer.allocUnsafeSlow(size);
    this.#bytes.copy(grown, 0, 0, this.#length);
    if (this.#isOwn) giveBack(this.#bytes);
    this.#bytes = grown;
    this.#isOwn = true;
  }
}

function giveBack(bytes: Buffer): void {
  (bytes.buffer as ArrayBuffer).transfer(0);
}
