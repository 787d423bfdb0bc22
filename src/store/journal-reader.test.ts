import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { someAnswer } from '../../test/support/some-answer.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { answerLine, type JournalEntry, onlyAnswerLine, readJournal } from './index.ts';
import { rowEndLine } from './journal-line.ts';

function journalOf(...lines: string[]): string {
  const path = join(temporaryFolder(), 'journal.jsonl');
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
}

const line = (row: number, text = 'a') => onlyAnswerLine(someAnswer({ row }, { texts: [text] }));

async function entriesOf(path: string, repair = false) {
  const entries: JournalEntry[] = [];
  const summary = await readJournal(path, (entry) => entries.push(entry), { repair });
  return { entries, summary };
}

async function rowsOf(path: string, repair = false) {
  const { entries, summary } = await entriesOf(path, repair);
  return { rows: entries.map(rowOf), summary };
}

function rowOf(entry: JournalEntry): number {
  return entry.type === 'answer' ? entry.answer.key.row : entry.row;
}

function textsOf(entries: readonly JournalEntry[]): (string | undefined)[] {
  return entries.map((entry) => (entry.type === 'answer' ? entry.answer.texts[0] : entry.type));
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
  const { entries, summary } = await entriesOf(path);
  expect(summary).toMatchObject({ answers: 1, otherLines: 1, corrupt: [] });
  expect(entries).toMatchObject([{ envelope: { step: 3, answer: { judge: 'x' } } }]);
});

test('of several answers to a call of version 1 the first one counts', async () => {
  const turn = onlyAnswerLine(someAnswer({ row: 40 })).replace('"turn":0', '"turn":1');
  const path = journalOf(line(40, 'first'), line(40, 'again'), turn, turn, line(41));
  const { entries, summary } = await entriesOf(path);
  expect(textsOf(entries)).toEqual(['first', 'forty-two', 'a']);
  expect(summary).toMatchObject({ answers: 3, repeated: 2 });
});

test('of later versions every answer is handed over, and the ends of rows between them', async () => {
  const named = (text: string) =>
    answerLine(someAnswer({ name: 'x' }, { texts: [text] }), { hash: 'ab', lane: 'a/1' });
  const end = rowEndLine(0, { result: 1, answer: someAnswer(), wallMs: 5 });
  const path = journalOf(named('first'), end, '{"v":2,"type":"reopened","row":0}', named('again'));
  const { entries, summary } = await entriesOf(path);
  expect(textsOf(entries)).toEqual(['first', 'row', 'reopened', 'again']);
  expect(summary).toMatchObject({ answers: 2, repeated: 0, otherLines: 0, corrupt: [] });
});

test('a call whose row was opened again counts once more', async () => {
  const again = '{"v":2,"type":"reopened","row":3}';
  const path = journalOf(line(3, 'old'), line(4), again, line(3, 'new'), line(3), line(4));
  const { entries, summary } = await entriesOf(path);
  expect(textsOf(entries)).toEqual(['old', 'a', 'reopened', 'new']);
  expect(summary).toMatchObject({ answers: 3, repeated: 2 });
});

test('a field that pollutes prototypes stays data', async () => {
  const path = journalOf(line(0).replace('"v":1', '"__proto__":{"x":1},"v":1'));
  await readJournal(path, () => {});
  expect(({} as { x?: number }).x).toBeUndefined();
});
