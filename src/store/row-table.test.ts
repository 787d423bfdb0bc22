import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { CallSet, RowReader, RowTable } from './index.ts';

test('a row knows its place, line, lane and calls', () => {
  const table = new RowTable();
  expect(table.addRow({ offset: 3, line: 1, lane: 2 })).toBe(0);
  expect(table.addRow({ offset: 2 ** 40, line: 7, lane: 65_535, turns: 3, samples: 2 })).toBe(1);
  expect([table.offsetOf(0), table.lineOf(0), table.laneOf(0), table.callsOf(0)]).toEqual([
    3, 1, 2, 1,
  ]);
  expect([table.offsetOf(1), table.lineOf(1), table.laneOf(1)]).toEqual([2 ** 40, 7, 65_535]);
  expect([table.turnsOf(1), table.samplesOf(1), table.callsOf(1)]).toEqual([3, 2, 6]);
  expect(table.rowCount).toBe(2);
  expect(table.laneCount).toBe(65_536);
});

test('the state of a row follows its answers', () => {
  const table = new RowTable();
  for (const samples of [1, 1, 2, 2]) table.addRow({ offset: 0, line: 1, lane: 0, samples });
  expect([0, 1, 2, 3].map((row) => table.stateOf(row))).toEqual(Array(4).fill('pending'));
  table.addEntry(0, 0, true);
  table.addEntry(1, 10, false);
  table.addEntry(2, 20, false);
  expect(table.stateOf(2)).toBe('partly');
  table.addEntry(2, 30, true);
  table.addEntry(3, 40, true);
  table.addEntry(3, 50, true);
  expect([0, 1, 2, 3].map((row) => table.stateOf(row))).toEqual([
    'answered',
    'failed',
    'failed',
    'answered',
  ]);
});

test('a failed turn ends the turns after it', () => {
  const table = new RowTable();
  table.addRow({ offset: 0, line: 1, lane: 0, turns: 3 });
  table.addEntry(0, 0, true);
  table.addEntry(0, 9, false, 2);
  expect(table.stateOf(0)).toBe('failed');
  expect(table.totals()).toEqual({ rows: 1, done: 1, failed: 1 });
});

test('answers of a row are found in the order in which they came', () => {
  const table = new RowTable();
  for (let row = 0; row < 3; row++) table.addRow({ offset: 0, line: 1, lane: 0, samples: 4 });
  expect(table.entriesOf(1)).toEqual([]);
  expect(table.firstEntryOf(1)).toBe(-1);
  for (const offset of [0, 100, 2 ** 41, 50]) {
    table.addEntry(1, offset, true);
    table.addEntry(2, offset + 1, true);
  }
  expect(table.entriesOf(1)).toEqual([0, 100, 2 ** 41, 50]);
  expect(table.entriesOf(2)).toEqual([1, 101, 2 ** 41 + 1, 51]);
  expect(table.firstEntryOf(1)).toBe(0);
});

test('rows are counted by lane', () => {
  const table = new RowTable();
  for (let row = 0; row < 6; row++) table.addRow({ offset: 0, line: 1, lane: row % 2 });
  table.addEntry(0, 0, true);
  table.addEntry(1, 0, false);
  table.addEntry(3, 0, true);
  expect(table.laneTotals(0)).toEqual({ rows: 3, done: 1, failed: 0 });
  expect(table.laneTotals(1)).toEqual({ rows: 3, done: 2, failed: 1 });
  expect(table.laneTotals(9)).toEqual({ rows: 0, done: 0, failed: 0 });
  expect(table.totals()).toEqual({ rows: 6, done: 3, failed: 1 });
});

test('1,000,000 rows with their answers take less than 35 MB', () => {
  const before = process.memoryUsage().arrayBuffers;
  const table = new RowTable();
  for (let row = 0; row < 1_000_000; row++) {
    table.addRow({ offset: row * 150, line: row + 1, lane: row % 4 });
    table.addEntry(row, row * 400, true);
  }
  expect(table.totals().done).toBe(1_000_000);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(25e6);
});

test('a set of calls tells rows, turns and samples apart', () => {
  const calls = new CallSet();
  const keys = [0, 31, 32, 1_000_000].flatMap((row) =>
    [0, 1].flatMap((turn) => [0, 1].map((sample) => ({ row, turn, sample }))),
  );
  for (const key of keys) {
    expect(calls.has(key)).toBe(false);
    expect(calls.add(key)).toBe(true);
    expect(calls.add(key)).toBe(false);
    expect(calls.has(key)).toBe(true);
  }
  expect(calls.has({ row: 30, turn: 0, sample: 0 })).toBe(false);
});

test('the text of a row is read again, at once when it is near the last one', async () => {
  const path = join(temporaryFolder(), 'input.jsonl');
  writeFileSync(path, '\ufeff{"a":"é"}\r\nbroken\n{"b":1e2}');
  const table = new RowTable();
  table.addRow({ offset: 3, line: 1, lane: 0 });
  table.addRow({ offset: 22, line: 3, lane: 1 });
  const reader = await RowReader.open(path, table);
  expect(await reader.text(1)).toBe('{"b":1e2}');
  expect(reader.text(0)).toBe('{"a":"é"}');
  await reader.close();
});
