import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { someAnswer } from '../../test/support/some-answer.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { journalLine, readJournal } from './index.ts';

function journalOf(...lines: string[]): string {
  const path = join(temporaryFolder(), 'journal.jsonl');
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
}

const line = (row: number, text = 'a') => journalLine(someAnswer({ row }, { texts: [text] }));

async function rowsOf(path: string, repair = false) {
  const rows: number[] = [];
  const summary = await readJournal(path, ({ answer }) => rows.push(answer.key.row), { repair });
  return { rows, summary };
}

test('a torn last line is cut off, and only when asked', async () => {
  const path = journalOf(line(0), line(1));
  const whole = readFileSync(path, 'utf8');
  const torn = line(2).slice(0, 60);
  appendFileSync(path, torn);
  expect(await rowsOf(path)).toMatchObject({ rows: [0, 1], summary: { tornBytes: 60 } });
  expect(readFileSync(path, 'utf8')).toBe(whole + torn);
  expect(await rowsOf(path, true)).toMatchObject({ rows: [0, 1], summary: { tornBytes: 60 } });
  expect(readFileSync(path, 'utf8')).toBe(whole);
});

test('a last line torn inside of a character, or of NUL bytes, is cut off', async () => {
  for (const torn of [Buffer.from(line(2, 'é')).subarray(0, 68), Buffer.alloc(100)]) {
    const path = journalOf(line(0));
    appendFileSync(path, torn);
    await rowsOf(path, true);
    expect(readFileSync(path, 'utf8')).toBe(`${line(0)}\n`);
  }
});

test('a last line that lacks only its line end is kept', async () => {
  const path = journalOf(line(0));
  appendFileSync(path, line(1));
  expect(await rowsOf(path, true)).toMatchObject({ rows: [0, 1], summary: { tornBytes: 0 } });
  expect(readFileSync(path, 'utf8')).toBe(`${line(0)}\n${line(1)}\n`);
});

test('corrupt lines in the middle are reported with their number, and skipped', async () => {
  const path = journalOf(line(0), '{"v":1,"ty', '[]', '{"v":1,"type":"answer"}', line(1));
  const { rows, summary } = await rowsOf(path, true);
  expect(rows).toEqual([0, 1]);
  expect(summary.corrupt.map(({ line, problem }) => `${line} ${problem}`)).toEqual([
    '2 is not JSON',
    '3 is not a JSON object',
    '4 names no call',
  ]);
});

test('types of later versions are skipped, and fields of later versions carried', async () => {
  const later = line(0).replace('"cached":false}', '"cached":false,"judge":"x"},"step":3');
  const path = journalOf('{"v":1,"type":"submitted","row":0}', later);
  const envelopes: unknown[] = [];
  const summary = await readJournal(path, ({ envelope }) => envelopes.push(envelope));
  expect(summary).toMatchObject({ answers: 1, otherLines: 1, corrupt: [] });
  expect(envelopes).toMatchObject([{ step: 3, answer: { judge: 'x' } }]);
});

test('of several answers to one call the first one counts', async () => {
  const second = journalLine(someAnswer({ row: 40, turn: 1 }));
  const path = journalOf(line(40, 'first'), line(40, 'again'), second, second, line(41));
  const texts: string[] = [];
  const summary = await readJournal(path, ({ answer }) => texts.push(answer.texts[0]!));
  expect(texts).toEqual(['first', 'forty-two', 'a']);
  expect(summary).toMatchObject({ answers: 3, repeated: 2 });
});

test('a field that pollutes prototypes stays data', async () => {
  const path = journalOf(line(0).replace('"v":1', '"__proto__":{"x":1},"v":1'));
  await readJournal(path, () => {});
  expect(({} as { x?: number }).x).toBeUndefined();
});
