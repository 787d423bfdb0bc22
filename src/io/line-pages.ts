import { fileError } from './file-error.ts';
import type { FileLayer } from './file-layer.ts';

/** How much of a file is kept in memory. */
export interface LinePagesOptions {
  /** Size of a page in bytes; default 64 KiB. */
  readonly pageBytes?: number;
  /** Most pages in memory; default 64. One for each place of the file that is being read is enough. */
  readonly maxPages?: number;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Reads lines by the place where they begin, in any order. The pages used last stay in memory, so
 * that several readers going through one file at different places cost one read for each page.
 * The file must be UTF-8 and may grow behind the last page that was read.
 */
export class LinePages {
  readonly #files: FileLayer;
  readonly #fd: number;
  readonly #path: string;
  readonly #pageBytes: number;
  readonly #maxPages: number;
  /** By number of the page, the one used last at the end. */
  readonly #pages = new Map<number, Buffer>();
  readonly #loading = new Map<number, Promise<Buffer>>();
  /** How many lines are being put together from a page: its memory must not be used again yet. */
  readonly #pins = new Map<number, number>();
  /** Memory of a page that was let go: used again, it does not wait for the garbage collector. */
  #spare: Buffer | undefined;
  #lastNumber = -1;
  #lastPage: Buffer | undefined;

  private constructor(path: string, fd: number, files: FileLayer, options: LinePagesOptions) {
    this.#path = path;
    this.#fd = fd;
    this.#files = files;
    this.#pageBytes = options.pageBytes ?? 64 * 1024;
    this.#maxPages = options.maxPages ?? 64;
  }

  /** @throws TuttiError when the file cannot be opened. */
  static async open(
    path: string,
    files: FileLayer,
    options: LinePagesOptions = {},
  ): Promise<LinePages> {
    try {
      return new LinePages(path, await files.open(path, 'r'), files, options);
    } catch (cause) {
      throw await fileError(cause, path, 'read');
    }
  }

  /**
   * Returns the line that begins at a byte of the file, without its line end; at once when it is in
   * memory.
   *
   * @throws TuttiError `file_unreadable`, as a rejection.
   */
  line(offset: number): string | Promise<string> {
    const number = Math.floor(offset / this.#pageBytes);
    const page = number === this.#lastNumber ? this.#lastPage : this.#inMemory(number);
    if (page !== undefined) {
      const start = offset - number * this.#pageBytes;
      const newline = page.indexOf(NEWLINE, start);
      if (newline >= 0) return textBetween(page, start, newline);
    }
    return this.#assemble(offset, number);
  }

  async close(): Promise<void> {
    this.#pages.clear();
    await Promise.allSettled(this.#loading.values());
    await this.#files.close(this.#fd).catch(() => {});
  }

  /** A line that is not in memory, or lies in several pages. */
  async #assemble(offset: number, firstNumber: number): Promise<string> {
    const pieces: Buffer[] = [];
    let start = offset - firstNumber * this.#pageBytes;
    for (let number = firstNumber; ; number++) {
      this.#pins.set(number, (this.#pins.get(number) ?? 0) + 1);
      try {
        let page = this.#inMemory(number) ?? (await this.#load(number));
        let newline = page.indexOf(NEWLINE, start);
        if (newline < 0 && page.length < this.#pageBytes) {
          // The end of the file when this page was read: the file may have grown since.
          page = await this.#read(number);
          newline = page.indexOf(NEWLINE, start);
        }
        const end = newline >= 0 ? newline : page.length;
        const atEnd = newline >= 0 || page.length < this.#pageBytes;
        if (atEnd && pieces.length === 0) return textBetween(page, start, end);
        pieces.push(Buffer.from(page.subarray(start, end)));
        if (atEnd) break;
      } finally {
        this.#unpin(number);
      }
      start = 0;
    }
    const whole = Buffer.concat(pieces);
    return textBetween(whole, 0, whole.length);
  }

  #unpin(number: number): void {
    const pins = this.#pins.get(number)! - 1;
    if (pins === 0) this.#pins.delete(number);
    else this.#pins.set(number, pins);
  }

  #inMemory(number: number): Buffer | undefined {
    const page = this.#pages.get(number);
    if (page === undefined) return undefined;
    this.#pages.delete(number);
    this.#pages.set(number, page);
    this.#lastNumber = number;
    this.#lastPage = page;
    return page;
  }

  async #load(number: number): Promise<Buffer> {
    let loading = this.#loading.get(number);
    if (loading === undefined) {
      loading = this.#read(number).finally(() => this.#loading.delete(number));
      this.#loading.set(number, loading);
    }
    return loading;
  }

  async #read(number: number): Promise<Buffer> {
    const bytes = this.#spare ?? Buffer.allocUnsafeSlow(this.#pageBytes);
    this.#spare = undefined;
    let filled = 0;
    try {
      while (filled < bytes.length) {
        const position = number * this.#pageBytes + filled;
        const room = bytes.length - filled;
        const count = await this.#files.read(this.#fd, bytes, filled, room, position);
        if (count === 0) break;
        filled += count;
      }
    } catch (cause) {
      throw await fileError(cause, this.#path, 'read');
    }
    const page = filled === bytes.length ? bytes : bytes.subarray(0, filled);
    this.#keep(number, page);
    return page;
  }

  #keep(number: number, page: Buffer): void {
    this.#pages.delete(number);
    this.#pages.set(number, page);
    if (number === this.#lastNumber) this.#lastPage = page;
    if (this.#pages.size <= this.#maxPages) return;
    for (const [oldest, dropped] of this.#pages) {
      this.#pages.delete(oldest);
      if (oldest === this.#lastNumber) this.#lastNumber = -1;
      if (!this.#pins.has(oldest) && dropped.length === this.#pageBytes) this.#spare = dropped;
      return;
    }
  }
}

function textBetween(bytes: Buffer, start: number, newline: number): string {
  const end = newline > start && bytes[newline - 1] === RETURN ? newline - 1 : newline;
  return bytes.toString('utf8', start, end);
}
