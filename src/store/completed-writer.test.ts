import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failingFiles } from '../../test/support/failing-files.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import type { Answer } from '../core/answer.ts';
import {
  type CompletedOptions,
  Journal,
  type NewRow,
  RowTable,
  type RunFolder,
  runFolder,
  writeCompleted,
} from './index.ts';

interface Row {
  readonly text: string;
  readonly calls?: Pick<NewRow, 'turns' | 'samples'>;
}

/** A run whose answers have come in the order given. */
async function aRun(rows: readonly Row[], answers: readonly Answer[]) {
  const folder = runFolder(temporaryFolder());
  const table = new RowTable();
  let offset = 0;
  for (const [i, row] of rows.entries()) {
    table.addRow({ offset, line: i + 1, lane: i % 2, ...row.calls });
    offset += Buffer.byteLength(row.text) + 1;
  }
  writeFileSync(folder.input, rows.map((row) => `${row.text}\n`).join(''));
  const journal = await Journal.open(folder.journal, { clock: new FakeClock() });
  for (const answer of answers) {
    const place = await journal.append(answer);
    table.addEntry(answer.key.row, place.offset, answer.status === 'ok');
  }
  await journal.close();
  const options: CompletedOptions = { folder, table, notSent: () => 'The lane was stopped' };
  return { folder, options };
}

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}

function recordsOf(folder: RunFolder) {
  return linesOf(folder.completed).map((line) => JSON.parse(line));
}

const USAGE = { input: 12, cached: null, output: 3, reasoning: null };

test('every row is written once, in input order, with its answer behind it', async () => {
  const rows = [{ text: '{"id":9007199254740993,"b":1.0}' }, { text: '{"id":"é"} ' }];
  const answers = [someAnswer({ row: 1 }, { texts: ['late "é"'] }), failedAnswer({ row: 0 })];
  const { folder, options } = await aRun(rows, answers);
  expect(await writeCompleted(options)).toEqual({ records: 2, failed: 1 });
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

test('the response of several choices, turns, samples, and samples of turns', async () => {
  const rows = [
    { text: '{"r":0}' },
    { text: '{"r":1}', calls: { turns: 2 } },
    { text: '{"r":2}', calls: { samples: 2 } },
    { text: '{"r":3}', calls: { turns: 2, samples: 2 } },
  ];
  const { folder, options } = await aRun(rows, [
    someAnswer({ row: 3, sample: 1 }, { texts: ['s1t0'] }),
    someAnswer({ row: 1 }, { texts: ['t0'] }),
    someAnswer({ row: 2, sample: 1 }, { texts: ['s1'] }),
    someAnswer({ row: 3 }, { texts: ['s0t0'] }),
    someAnswer({ row: 0 }, { texts: ['c0', 'c1'] }),
    someAnswer({ row: 1, turn: 1 }, { texts: ['t1'] }),
    someAnswer({ row: 2 }, { texts: ['s0'] }),
    someAnswer({ row: 3, turn: 1, sample: 1 }, { texts: ['s1t1'] }),
    someAnswer({ row: 3, turn: 1 }, { texts: ['s0t1'] }),
  ]);
  await writeCompleted(options);
  expect(recordsOf(folder).map((record) => record.response)).toEqual([
    ['c0', 'c1'],
    ['t0', 't1'],
    ['s0', 's1'],
    [
      ['s0t0', 's0t1'],
      ['s1t0', 's1t1'],
    ],
  ]);
});

test('the answer of a row of several calls is their sum', async () => {
  const rows = [{ text: '{}', calls: { turns: 2 } }];
  const { folder, options } = await aRun(rows, [
    someAnswer({ turn: 0 }, { costUsd: 0.25, latencyMs: 100, attempts: 2 }),
    someAnswer(
      { turn: 1 },
      { costUsd: 0.5, latencyMs: 50, model: 'm2', finishReason: 'length', startedAt: 'later' },
    ),
  ]);
  await writeCompleted(options);
  expect(recordsOf(folder)[0].answer).toMatchObject({
    status: 'ok',
    model: 'm2',
    finish_reason: 'length',
    usage: { ...USAGE, input: 24, output: 6 },
    cost_usd: 0.75,
    latency_ms: 150,
    attempts: 3,
    started_at: '2026-01-01T00:00:00.000Z',
  });
});

test('a row that broke off keeps the turns it has, and its cost is unknown with one of them', async () => {
  const rows = [{ text: '{}', calls: { turns: 3 } }];
  const { folder, options } = await aRun(rows, [
    someAnswer({ turn: 0 }, { texts: ['t0'] }),
    failedAnswer({ turn: 1 }),
  ]);
  await writeCompleted(options);
  expect(recordsOf(folder)[0]).toMatchObject({
    response: ['t0', null, null],
    answer: { status: 'error', error: { code: 'server_error' }, cost_usd: null, attempts: 2 },
  });
});

test('rows that were not sent say so', async () => {
  const rows = [{ text: '{"a":1}' }, { text: '{}', calls: { samples: 2 } }];
  const { folder, options } = await aRun(rows, [someAnswer({ row: 1 })]);
  const notSent = (row: number) => `Row ${row} was not sent: the key was refused`;
  expect(await writeCompleted({ ...options, notSent })).toEqual({ records: 2, failed: 2 });
  const [first, second] = recordsOf(folder);
  expect(first).toMatchObject({
    a: 1,
    response: null,
    answer: {
      status: 'error',
      error: { code: 'not_sent', message: 'Row 0 was not sent: the key was refused' },
      cost_usd: null,
      attempts: 0,
      started_at: null,
    },
  });
  expect(second).toMatchObject({
    response: ['forty-two', null],
    answer: { error: { code: 'not_sent' }, attempts: 1, cost_usd: 0.00025 },
  });
});

test('the caller sees every record, and invalid lines end up in failed.jsonl', async () => {
  const rows = [{ text: '{}' }, { text: '{}' }, { text: '{}' }];
  const { folder, options } = await aRun(rows, [someAnswer({ row: 0 }), someAnswer({ row: 2 })]);
  const seen: unknown[] = [];
  const onRecord = (row: number, lane: number, answer: Answer) =>
    seen.push([row, lane, answer.status, answer.usage.output]);
  await writeCompleted({ ...options, onRecord, invalidLines: ['{"line":7}'] });
  expect(seen).toEqual([
    [0, 0, 'ok', 3],
    [1, 1, 'error', null],
    [2, 0, 'ok', 3],
  ]);
  expect(linesOf(folder.failed).length).toBe(2);
  expect(linesOf(folder.failed)[1]).toBe('{"line":7}');
});

test('fields of later versions are carried into the record', async () => {
  const { folder, options } = await aRun([{ text: '{}' }], [someAnswer()]);
  const line = readFileSync(folder.journal, 'utf8');
  writeFileSync(folder.journal, line.replace('"cached":false}', '"cached":false,"x":1},"step":2'));
  await writeCompleted(options);
  const [record] = recordsOf(folder);
  expect(record.answer.x).toBe(1);
  expect(Object.keys(record)).toEqual(['response', 'answer']);
});

test('an answer that cannot be read again is an error of its row, not a silence', async () => {
  const rows = [{ text: '{}' }, { text: '{}' }];
  const { folder, options } = await aRun(rows, [someAnswer({ row: 0 }), someAnswer({ row: 1 })]);
  const journal = readFileSync(folder.journal, 'utf8');
  writeFileSync(folder.journal, journal.replace('{"v":1', '{"v"#1'));
  expect(await writeCompleted(options)).toEqual({ records: 2, failed: 1 });
  expect(recordsOf(folder)[0].answer.error).toMatchObject({
    code: 'internal',
    message: expect.stringContaining('byte 0 of the journal'),
  });
});

test('long rows and answers far apart come out whole', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({
    text: JSON.stringify({ i, prompt: 'é'.repeat((i % 7) * 20_000) }),
  }));
  const answers = rows.map((_, i) =>
    someAnswer({ row: 59 - i }, { texts: ['ü'.repeat(((59 - i) % 5) * 30_000)] }),
  );
  const { folder, options } = await aRun(rows, answers);
  await writeCompleted(options);
  for (const [i, record] of recordsOf(folder).entries()) {
    expect(record.i).toBe(i);
    expect(record.prompt.length).toBe((i % 7) * 20_000);
    expect(record.response).toBe('ü'.repeat((i % 5) * 30_000));
  }
});

test('whichever operation fails, completed.jsonl is whole or not there', async () => {
  const rows = [{ text: '{"a":1}' }, { text: '{"a":2}' }];
  for (const fault of ['ENOSPC', 'short']) {
    for (let at = 1; ; at++) {
      const { folder, options } = await aRun(rows, [someAnswer({ row: 0 })]);
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
