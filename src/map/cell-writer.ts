import { parseExactJson } from '../core/exact-json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { csvLine } from '../io/delimited/index.ts';

/** Writes rows of JSON objects as lines of cells: texts as they are, null as an empty cell, anything else as JSON. */
export class CellWriter {
  readonly #columns: readonly string[];
  readonly #line: (cells: readonly (string | null)[]) => string;

  constructor(columns: readonly string[], form: 'csv' | 'tsv') {
    this.#columns = columns;
    this.#line = form === 'csv' ? csvLine : tsvLine;
  }

  /** The line of the names. */
  header(): string {
    return this.#line(this.#columns);
  }

  /** The line of a row. @param text a JSON object */
  line(text: string): string {
    const row = parseExactJson(text) as JsonObject;
    return this.#line(
      this.#columns.map((name) => (Object.hasOwn(row, name) ? cellText(row[name]) : null)),
    );
  }
}

function cellText(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const NEEDS_QUOTES = /["\t\n\r]/;

function tsvLine(cells: readonly (string | null)[]): string {
  const line = cells
    .map((cell) => {
      if (cell === null) return '';
      return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    })
    .join('\t');
  return line === '' ? '""\n' : `${line}\n`;
}
