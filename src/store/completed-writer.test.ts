import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failingFiles } from '../../test/support/failing-files.ts';
import { completedOf, damageLine, only, rowEnd, savedRun } from '../../test/support/saved-run.ts';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import { RowTable } from './in-memory.ts';
import { writeCompleted } from './index.ts';

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}

test('every row is written once, in input order, with its answer behind it', async () => {
  const rows = [{ text: '{"id":9007199254740993,"b":1.0}' }, { text: '{"id":"é"} ' }];
  const answers = [someAnswer({ row: 1 }, { texts: ['late "é"'] }), failedAnswer({ row: 0 })];
  const { folder, options } = savedRun(rows, answers.map(only));
  expect(await writeCompleted(options)).toMatchObject({ records: 2, failed: 1 });
  const [first, second] = linesOf(folder.completed);
  expect(first?.startsWith('{"id":9007199254740993,"b":1.0,"response":null,"answer":{')).toBe(true);
  expect(second).toBe(
    '{"id":"é","response":"late \\"é\\"","answer":{"status":"ok","model":"some-model-1",' +
      '"finish_reason":"stop","usage":{"input":12,"cached":null,"output":3,"reasoning":null},' +
      '"cost_usd":0.00025,"latency_ms":812.5,"attempts":1,' +
      '"started_at":"2026-01-01T00:00:00.000Z","request_id":"req_1","cached":false}}',
  );
  expect(linesOf(folder.failed)).toEqual([first]);
  expect(readdirSync(folder.path).sort()).toEqual([
    'completed.jsonl',
    'failed.jsonl',
    'input.jsonl',
    'journal.jsonl',
  ]);
});

test('a row that was not sent has no usage, and invalid lines end up in failed.jsonl', async () => {
  const rows = [{ text: '{}' }, { text: '{}' }, { text: '{}' }];
  const { folder, options } = savedRun(
    rows,
    [0, 2].map((row) => only(someAnswer({ row }))),
  );
  await writeCompleted({ ...options, invalidLines: ['{"line":7}'] });
  const written = completedOf(folder).map(({ answer }) => [answer.status, answer.usage.output]);
  expect(written).toEqual([
    ['ok', 3],
    ['error', null],
    ['ok', 3],
  ]);
  expect(linesOf(folder.failed).length).toBe(2);
  expect(linesOf(folder.failed)[1]).toBe('{"line":7}');
});

test('fields of later versions are carried into the record', async () => {
  const rows = [{ text: '{}' }, { text: '{}', single: false }];
  const { folder, options } = savedRun(rows, [
    only(someAnswer()),
    rowEnd('r', someAnswer({ row: 1 })),
  ]);
  const lines = readFileSync(folder.journal, 'utf8');
  const more = lines.replaceAll('"cached":false}', '"cached":false,"x":1},"step":2');
  writeFileSync(folder.journal, more);
  const second = more.indexOf('\n') + 1;
  const table = new RowTable();
  for (const entry of [0, 1]) {
    table.addRow({ offset: 3 * entry, line: entry + 1, entry, single: entry === 0 });
  }
  table.addAnswer(0, 0, true);
  table.endRow(1, second, true);
  await writeCompleted({ ...options, table });
  for (const record of completedOf(folder)) {
    expect(record.answer.x).toBe(1);
    expect(Object.keys(record)).toEqual(['response', 'answer']);
  }
});

test('an answer that cannot be read again is an error of its row, not a silence', async () => {
  const rows = [{ text: '{}' }, { text: '{}' }];
  const { folder, options } = savedRun(
    rows,
    [0, 1].map((row) => only(someAnswer({ row }))),
  );
  damageLine(folder, 0);
  expect(await writeCompleted(options)).toMatchObject({ records: 2, failed: 1 });
  expect(completedOf(folder)[0].answer.error).toMatchObject({
    code: 'internal',
    message: expect.stringContaining('byte 0 of the journal'),
  });
});

test('long rows and answers far apart come out whole', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({
    text: JSON.stringify({ i, prompt: 'é'.repeat((i % 7) * 20_000) }),
    single: i % 3 > 0,
  }));
  const lines = rows.map((_, i) => {
    const row = 59 - i;
    const text = 'ü'.repeat((row % 5) * 30_000);
    const answer = someAnswer({ row }, { texts: [text] });
    return rows[row]!.single ? only(answer) : rowEnd(text, answer);
  });
  const { folder, options } = savedRun(rows, lines);
  await writeCompleted(options);
  for (const [i, record] of completedOf(folder).entries()) {
    expect(record.i).toBe(i);
    expect(record.prompt.length).toBe((i % 7) * 20_000);
    expect(record.response).toBe('ü'.repeat((i % 5) * 30_000));
  }
});

test('whichever operation fails, completed.jsonl is whole or not there', async () => {
  const rows = [{ text: '{"a":1}' }, { text: '{"a":2}' }];
  for (const fault of ['ENOSPC', 'short']) {
    for (let at = 1; ; at++) {
      const { folder, options } = savedRun(rows, [only(someAnswer({ row: 0 }))]);
      const failing = failingFiles({ at, fault });
      const outcome = await writeCompleted({ ...options, files: failing.files }).then(
        () => 'written',
        (error) => error.code,
      );
      const names = readdirSync(folder.path);
      if (names.includes('completed.jsonl')) {
        expect(linesOf(folder.completed).length).toBe(2);
        expect(linesOf(folder.failed).length).toBe(1);
      } else expect(outcome).not.toBe('written');
      if (!failing.failed()) break;
      await writeCompleted(options);
      expect(linesOf(folder.completed).length).toBe(2);
      expect(at).toBeLessThan(80);
    }
  }
});
