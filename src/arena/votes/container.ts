import { delimiterOf } from '../../io/delimited/index.ts';
import { rowForm } from './comparison-forms.ts';
import { columnName } from './delimited-columns.ts';
import { PUMP_MARK } from './pump-log.ts';

/** How a file is written: cells with a delimiter, JSON lines, one JSON list, or a log. */
export type Container = 'csv' | 'tsv' | 'jsonl' | 'json' | 'log';

/** Tells from the beginning of a file how it is written, and its delimiter if it has one. */
export function containerOf(
  bytes: Buffer,
  length: number,
): { readonly container: Container; readonly delimiter: string | null } {
  const start = bytes.toString('latin1', 0, Math.min(length, 64 * 1024)).trimStart();
  const first = start.split('\n', 1)[0]!.trim();
  if (isJsonList(bytes, length)) return { container: 'json', delimiter: null };
  if (first.startsWith('{') || first.startsWith('['))
    return { container: 'jsonl', delimiter: null };
  if (bytes.subarray(0, length).includes(PUMP_MARK)) return { container: 'log', delimiter: null };
  const delimiter = delimiterOf(first, (cells) => {
    const names = cells.map(columnName);
    return rowForm((column) => names.includes(column)) !== undefined;
  });
  return { container: delimiter === '\t' ? 'tsv' : 'csv', delimiter };
}

/**
 * Tells whether a file begins as one list of objects does, or with a bracket alone on its line; a list of
 * names is a ranking, one a line.
 */
export function isJsonList(bytes: Buffer, length: number): boolean {
  const start = bytes.toString('latin1', 0, Math.min(length, 1024));
  return /^\s*\[(\s*\{|[ \t\r]*\n)/.test(start);
}
