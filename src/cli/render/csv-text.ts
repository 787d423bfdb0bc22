import { plainText } from '../../core/plain-text.ts';

/** A number as a program writes it: no formula, whatever its sign. */
const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i;
/** What makes a spreadsheet take a cell for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Renders rows as CSV (RFC 4180). Texts that a spreadsheet would run as formulas get an apostrophe in
 * front; control characters become their visible escape.
 */
export function renderCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\n`).join('');
}

function cellText(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const text = plainText(cell);
  const safe = FORMULA.test(cell) && !NUMBER.test(cell) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
