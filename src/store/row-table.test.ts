import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { RowTable } from './in-memory.ts';
import { CallSet, RowReader } from './index.ts';

/** Rows of one entry. */
function tableOf(rows: number, single = true): RowTable {
  const table = new RowTable();
  for (let row = 0; row < rows; row++) table.addRow({ offset: 0, line: row + 1, entry: 0, single });
  return table;
}

/** Bytes that are in use when nothing is left to collect. */
function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

test('a row knows its place, line and entry, and whether it has one call', () => {
  const table = new RowTable();
  expect(table.addRow({ offset: 3, line: 1, entry: 2 })).toBe(0);
  expect(table.addRow({ offset: 2 ** 40, line: 7, entry: 65_535, single: false })).toBe(1);
  expect([table.offsetOf(0), table.lineOf(0), table.entryOf(0)]).toEqual([3, 1, 2]);
  expect([table.offsetOf(1), table.lineOf(1), table.entryOf(1)]).toEqual([2 ** 40, 7, 65_535]);
  expect([table.isSingle(0), table.isSingle(1)]).toEqual([true, false]);
  expect(table.rowCount).toBe(2);
  expect(table.entryCount).toBe(65_536);
});

test('the state of a row of one call follows its answer', () => {
  const table = tableOf(2);
  expect([table.stateOf(0), table.stateOf(1)]).toEqual(['pending', 'pending']);
  table.addAnswer(0, 0, true);
  table.addAnswer(1, 10, false);
  expect([table.stateOf(0), table.stateOf(1)]).toEqual(['answered', 'failed']);
  expect(table.totals()).toEqual({ rows: 2, done: 2, failed: 1 });
});

test('a row of several calls is open until its end, whatever its answers are', () => {
  const table = tableOf(3, false);
  expect(table.stateOf(0)).toBe('pending');
  table.addAnswer(0, 0, false);
  table.addAnswer(1, 10, true);
  expect([0, 1, 2].map((row) => table.stateOf(row))).toEqual(['open', 'open', 'pending']);
  expect(table.totals()).toEqual({ rows: 3, done: 0, failed: 0 });
  table.endRow(0, 20, true);
  table.endRow(1, 30, false);
  // It asked nothing.
  table.endRow(2, 40, true);
  expect([0, 1, 2].map((row) => table.stateOf(row))).toEqual(['answered', 'failed', 'answered']);
  expect(table.totals()).toEqual({ rows: 3, done: 3, failed: 1 });
  expect([0, 1, 2].map((row) => table.isSingle(row))).toEqual([false, false, false]);
});

test('a second end changes nothing in what a row is counted as', () => {
  const table = tableOf(1, false);
  table.endRow(0, 0, false);
  table.endRow(0, 9, true);
  expect([table.stateOf(0), table.totals()]).toEqual(['failed', { rows: 1, done: 1, failed: 1 }]);
});

test('lines of a row are found in the order in which they came', () => {
  const table = tableOf(3, false);
  expect(table.linesOf(1)).toEqual([]);
  expect(table.lastLineOf(1)).toBe(-1);
  for (const offset of [0, 100, 2 ** 41, 50]) {
    table.addAnswer(1, offset, true);
    table.addAnswer(2, offset + 1, true);
  }
  table.endRow(2, 7, true);
  expect(table.linesOf(1)).toEqual([0, 100, 2 ** 41, 50]);
  expect(table.linesOf(2)).toEqual([1, 101, 2 ** 41 + 1, 51, 7]);
  expect([table.lastLineOf(1), table.lastLineOf(2)]).toEqual([50, 7]);
});

test('a row of one call that is opened again is as it was before it was asked', () => {
  const table = tableOf(2);
  table.addAnswer(0, 0, false);
  table.addAnswer(1, 10, true);
  table.reopenRow(0, 20);
  // What is answered stays answered.
  table.reopenRow(1, 30);
  expect([table.stateOf(0), table.linesOf(0), table.lastLineOf(0)]).toEqual(['pending', [], -1]);
  expect([table.stateOf(1), table.linesOf(1)]).toEqual(['answered', [10]]);
  expect(table.totals()).toEqual({ rows: 2, done: 1, failed: 0 });
  table.addAnswer(0, 40, true);
  expect([table.stateOf(0), table.linesOf(0)]).toEqual(['answered', [40]]);
  expect(table.totals()).toEqual({ rows: 2, done: 2, failed: 0 });
});

test('a row of several calls that is opened again keeps its lines and may end again', () => {
  const table = tableOf(2, false);
  for (const [row, ok] of [true, false].entries()) {
    table.addAnswer(row, 10 * row, ok);
    table.endRow(row, 10 * row + 1, ok);
    table.reopenRow(row, 10 * row + 2);
  }
  expect([table.stateOf(0), table.stateOf(1)]).toEqual(['open', 'open']);
  expect(table.totals()).toEqual({ rows: 2, done: 0, failed: 0 });
  table.endRow(1, 90, true);
  expect(table.linesOf(1)).toEqual([10, 11, 12, 90]);
  expect([table.stateOf(1), table.isSingle(1)]).toEqual(['answered', false]);
  expect(table.totals()).toEqual({ rows: 2, done: 1, failed: 0 });
});

test('rows are counted by entry', () => {
  const table = new RowTable();
  for (let row = 0; row < 6; row++) table.addRow({ offset: 0, line: 1, entry: row % 2 });
  table.addAnswer(0, 0, true);
  table.addAnswer(1, 0, false);
  table.addAnswer(3, 0, true);
  expect(table.entryTotals(0)).toEqual({ rows: 3, done: 1, failed: 0 });
  expect(table.entryTotals(1)).toEqual({ rows: 3, done: 2, failed: 1 });
  expect(table.entryTotals(9)).toEqual({ rows: 0, done: 0, failed: 0 });
  expect(table.totals()).toEqual({ rows: 6, done: 3, failed: 1 });
});

test('1,000,000 rows with their answers take less than 25 MB', () => {
  const before = process.memoryUsage().arrayBuffers;
  const table = new RowTable();
  for (let row = 0; row < 1_000_000; row++) {
    table.addRow({ offset: row * 150, line: row + 1, entry: row % 4 });
    table.addAnswer(row, row * 400, true);
  }
  expect(table.totals().done).toBe(1_000_000);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(25e6);
});

test.each([0, 1_000_000])('10,000 calls of row %i take less than 5 MB', (row) => {
  const [calls, table] = [new CallSet(), new RowTable()];
  for (let before = 0; before <= row; before++) {
    table.addRow({ offset: 0, line: before + 1, entry: 0, single: false });
  }
  const before = memoryInUse();
  for (let turn = 0; turn < 10_000; turn++) {
    calls.add({ row, name: `turn/${turn}` });
    table.addAnswer(row, turn, true);
  }
  const used = memoryInUse() - before;
  expect(used).toBeLessThan(5e6);
  expect(calls.has({ row, name: 'turn/9999' })).toBe(true);
  expect(table.linesOf(row)).toHaveLength(10_000);
});

test('a set of calls of 1,000,000 rows takes less than 1.5 MB', () => {
  const calls = new CallSet();
  const before = memoryInUse();
  for (let row = 0; row < 1_000_000; row++) calls.add({ row, name: 'turn/0' });
  const used = memoryInUse() - before;
  expect(used).toBeLessThan(1.5e6);
  expect(calls.has({ row: 999_999, name: 'turn/0' })).toBe(true);
});

test('a set of calls tells rows and names apart', () => {
  const calls = new CallSet();
  const names = ['turn/0', 'turn/1', 'sample/1/turn/0', '', '__proto__', 'constructor'];
  const rows = [0, 31, 32, 1_000_000, 2 ** 32, 2 ** 52];
  const keys = rows.flatMap((row) => names.map((name) => ({ row, name })));
  for (const key of keys) {
    expect(calls.has(key)).toBe(false);
    expect(calls.add(key)).toBe(true);
    expect(calls.add(key)).toBe(false);
    expect(calls.has(key)).toBe(true);
  }
  expect(calls.has({ row: 30, name: 'turn/0' })).toBe(false);
  calls.delete({ row: 31, name: 'turn/0' });
  calls.delete({ row: 31, name: 'never there' });
  expect(keys.filter((key) => !calls.has(key))).toEqual([{ row: 31, name: 'turn/0' }]);
  expect(calls.add({ row: 31, name: 'turn/0' })).toBe(true);
});

test('the text of a row is read again, at once when it is near the last one', async () => {
  const path = join(temporaryFolder(), 'input.jsonl');
  writeFileSync(path, '\ufeff{"a":"é"}\r\nbroken\n{"b":1e2}');
  const table = new RowTable();
  table.addRow({ offset: 3, line: 1, entry: 0 });
  table.addRow({ offset: 22, line: 3, entry: 1 });
  const reader = await RowReader.open(path, table);
  expect(await reader.text(1)).toBe('{"b":1e2}');
  expect(reader.text(0)).toBe('{"a":"é"}');
  await reader.close();
});
