import { fileError } from './file-error.ts';
import type { FileLayer } from './file-layer.ts';

/** A piece of the file that is in memory. */
interface Page {
  readonly bytes: Buffer;
}

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
  readonly #pages = new Map<number, Page>();
  readonly #loading = new Map<number, Promise<Page>>();
  #lastNumber = -1;
  #lastPage: Page | undefined;

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
      const newline = page.bytes.indexOf(NEWLINE, start);
      if (newline >= 0) return textBetween(page.bytes, start, newline);
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
      let page = this.#inMemory(number) ?? (await this.#load(number));
      let newline = page.bytes.indexOf(NEWLINE, start);
      if (newline < 0 && page.bytes.length < this.#pageBytes) {
        // The end of the file when this page was read: the file may have grown since.
        page = await this.#read(number);
        newline = page.bytes.indexOf(NEWLINE, start);
      }
      const atEnd = newline >= 0 || page.bytes.length < this.#pageBytes;
      if (pieces.length === 0 && atEnd) {
        return textBetween(page.bytes, start, newline >= 0 ? newline : page.bytes.length);
      }
      pieces.push(page.bytes.subarray(start, newline >= 0 ? newline : page.bytes.length));
      if (atEnd) {
        const whole = Buffer.concat(pieces);
        return textBetween(whole, 0, whole.length);
      }
      start = 0;
    }
  }

  #inMemory(number: number): Page | undefined {
    const page = this.#pages.get(number);
    if (page === undefined) return undefined;
    this.#pages.delete(number);
    this.#pages.set(number, page);
    this.#lastNumber = number;
    this.#lastPage = page;
    return page;
  }

  async #load(number: number): Promise<Page> {
    let loading = this.#loading.get(number);
    if (loading === undefined) {
      loading = this.#read(number).finally(() => this.#loading.delete(number));
      this.#loading.set(number, loading);
    }
    return loading;
  }

  async #read(number: number): Promise<Page> {
    const bytes = Buffer.allocUnsafeSlow(this.#pageBytes);
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
    const page = { bytes: bytes.subarray(0, filled) };
    this.#keep(number, page);
    return page;
  }

  #keep(number: number, page: Page): void {
    this.#pages.delete(number);
    this.#pages.set(number, page);
    if (number === this.#lastNumber) this.#lastPage = page;
    if (this.#pages.size <= this.#maxPages) return;
    for (const oldest of this.#pages.keys()) {
      this.#pages.delete(oldest);
      return;
    }
  }
}

function textBetween(bytes: Buffer, start: number, newline: number): string {
  const end = newline > start && bytes[newline - 1] === RETURN ? newline - 1 : newline;
  return bytes.toString('utf8', start, end);
}
