import { describe, expect, it } from 'vitest';
import { RowTable } from '../../store/in-memory.ts';
import { EntryRows } from './entry-rows.ts';

/** Rows of the entries given, in this order. */
function tableOf(entries: readonly number[], single = true): RowTable {
  const table = new RowTable();
  for (const [row, entry] of entries.entries()) {
    table.addRow({ offset: 0, line: row + 1, entry, single });
  }
  return table;
}

/** All rows of an entry. */
function takeAll(rows: EntryRows, entry: number): number[] {
  const taken: number[] = [];
  for (let row = rows.next(entry); row !== undefined; row = rows.next(entry)) taken.push(row);
  return taken;
}

describe('the rows of entries', () => {
  it('are each entry’s own, in the order of the input, however the entries are mixed', () => {
    const rows = new EntryRows(tableOf([0, 1, 0, 2, 1, 0]), 3);
    expect(rows.next(0)).toBe(0);
    expect(takeAll(rows, 2)).toEqual([3]);
    expect(takeAll(rows, 0)).toEqual([2, 5]);
    expect(rows.isExhausted(1)).toBe(false);
    expect(takeAll(rows, 1)).toEqual([1, 4]);
    expect([0, 1, 2].map((entry) => rows.isExhausted(entry))).toEqual([true, true, true]);
  });

  it('are those that have not ended, the ones that have begun first', () => {
    const table = tableOf([0, 0, 0, 0, 0, 1], false);
    table.addAnswer(1, 0, true);
    table.addAnswer(2, 10, true);
    table.endRow(2, 20, true);
    table.addAnswer(3, 30, false);
    table.endRow(3, 40, false);
    table.endRow(4, 50, false);
    table.reopenRow(4, 60);
    const rows = new EntryRows(table, 2);
    expect([takeAll(rows, 0), takeAll(rows, 1)]).toEqual([[1, 4, 0], [5]]);
  });

  it('are none for an entry without any', () => {
    const rows = new EntryRows(tableOf([2]), 4);
    expect([0, 1, 3].map((entry) => [rows.isExhausted(entry), rows.next(entry)])).toEqual(
      Array(3).fill([true, undefined]),
    );
    expect(takeAll(rows, 2)).toEqual([0]);
  });

  it('come in a moment for a million rows of two thousand entries', () => {
    const entries = 2_000;
    const table = tableOf(Array.from({ length: 1_000_000 }, (_, row) => Math.floor(row / 500)));
    const startMs = performance.now();
    const rows = new EntryRows(table, entries);
    for (let entry = 0; entry < entries; entry++) expect(rows.next(entry)).toBe(500 * entry);
    expect(performance.now() - startMs).toBeLessThan(1_000);
    expect(takeAll(rows, entries - 1)).toHaveLength(499);
  });
});
