import type { ParquetFile } from './parquet-file.ts';
import { damaged } from './parquet-problem.ts';

/** The bytes of a column in a group of rows, from its first page on; little more of them is held than was asked for. */
export class ChunkBytes {
  readonly #file: ParquetFile;
  readonly #end: number;
  readonly #window: number;
  /** Place in the file of the next byte. */
  #at: number;
  #held: Buffer = Buffer.alloc(0);

  /** @param window bytes that are read at once, at least */
  constructor(file: ParquetFile, at: number, length: number, window: number) {
    this.#file = file;
    this.#at = at;
    this.#end = at + length;
    this.#window = window;
  }

  /** Bytes that are left. */
  get left(): number {
    return this.#end - this.#at;
  }

  /** The next bytes: as many as are asked for or more, or all that are left. */
  peek(length: number): Buffer {
    const wanted = Math.min(length, this.left);
    if (this.#held.length < wanted) {
      this.#held = this.#file.read(this.#at, Math.min(Math.max(wanted, this.#window), this.left));
    }
    return this.#held;
  }

  /** Takes the next bytes. @throws ParquetProblem where there are fewer */
  take(length: number): Buffer {
    if (length > this.left) throw damaged('a page is longer than its column');
    const bytes = this.peek(length).subarray(0, length);
    this.#held = this.#held.subarray(length);
    this.#at += length;
    return bytes;
  }
}
