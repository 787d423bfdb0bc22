import { foldCase } from '../../core/fold-case.ts';
import type { JsonObject } from '../../core/json.ts';

/** A text as it is compared with others: NFKC, without case, with single spaces. */
export function comparedText(text: string): string {
  return foldCase(text.normalize('NFKC')).replace(/\s+/g, ' ').trim();
}

/** The values of a row's columns as one text; a column that it lacks is null. */
export function columnValues(row: JsonObject, columns: readonly string[]): string {
  return JSON.stringify(columns.map((name) => (Object.hasOwn(row, name) ? row[name] : null)));
}
