import { type FileLayer, LinePages, type LinePagesOptions } from '../io/index.ts';
import { ownFiles } from './own-files.ts';
import type { RowTable } from './row-table.ts';

/** How rows are read. */
export interface RowReaderOptions extends LinePagesOptions {
  /** Default: the machine's. */
  readonly files?: FileLayer;
}

/**
 * Reads the text of any row again. All lanes share it: lanes that are at the same part of the input
 * read it once, and those far apart keep a page each.
 */
export class RowReader {
  readonly #table: RowTable;
  readonly #pages: LinePages;

  private constructor(table: RowTable, pages: LinePages) {
    this.#table = table;
    this.#pages = pages;
  }

  /** @throws TuttiError when the input cannot be opened. */
  static async open(
    inputPath: string,
    table: RowTable,
    options: RowReaderOptions = {},
  ): Promise<RowReader> {
    const pages = await LinePages.open(inputPath, ownFiles(options.files), options);
    return new RowReader(table, pages);
  }

  /** The row's JSON text, byte for byte; at once when it is in memory. */
  text(row: number): string | Promise<string> {
    return this.#pages.line(this.#table.offsetOf(row));
  }

  async close(): Promise<void> {
    await this.#pages.close();
  }
}
