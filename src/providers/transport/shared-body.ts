/** So much of a body is handed to a connection at once: an encrypted one copies what it is handed. */
const SLICE_BYTES = 64 * 1024;

/**
 * A body in pieces, of which other bodies may have some, too: nothing is copied. It is sent slice by slice, as the
 * connection takes it.
 */
export class SharedBody implements Iterable<Buffer> {
  readonly byteLength: number;
  #pieces: readonly Buffer[];

  constructor(pieces: readonly Buffer[]) {
    this.#pieces = pieces;
    this.byteLength = pieces.reduce((sum, { length }) => sum + length, 0);
  }

  *[Symbol.iterator](): Generator<Buffer, void> {
    for (let piece = 0; piece < this.#pieces.length; piece++) {
      for (let start = 0; start < (this.#pieces[piece]?.length ?? 0); start += SLICE_BYTES) {
        yield this.#pieces[piece]!.subarray(start, start + SLICE_BYTES);
      }
    }
  }

  /** Lets go of the pieces, once they are sent. */
  release(): void {
    this.#pieces = [];
  }
}
