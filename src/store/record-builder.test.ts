import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  call,
  completedOf,
  damageLine,
  only,
  reopened,
  rowEnd,
  type SavedRow,
  savedRun,
} from '../../test/support/saved-run.ts';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import type { Answer, CallKey } from '../core/answer.ts';
import type { JsonValue } from '../core/json.ts';
import { RowSums, RowTable } from './in-memory.ts';
import { type CompletedOptions, onlyAnswerLine, writeCompleted } from './index.ts';

/** What a row of several calls shows as long as it has no result: the texts of its calls by name. */
const byName: CompletedOptions['responseOf'] = (_row, _text, answers) =>
  Object.fromEntries(answers.map(({ key, texts }) => [key.name, texts]));

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}

const several = (text = '{}'): SavedRow => ({ text, single: false });
const named = (name: string, text = name, key: Partial<CallKey> = {}) =>
  someAnswer({ name, ...key }, { texts: [text] });

/** The sums of some answers as the answer of their row. */
function sumOf(answers: readonly Answer[], error: Answer['error'] = null): Answer {
  const sums = new RowSums();
  for (const answer of answers) sums.add(answer);
  return sums.answer(answers[0]?.key.row ?? 0, error);
}

test('the response of one call is its text or its choices, that of several what the row made of them', async () => {
  const results: JsonValue[] = [
    null,
    1.5,
    'é',
    [['a'], null],
    JSON.parse('{"__proto__":1,"answer":{"x":[]}}'),
  ];
  const rows = [{ text: '{"r":0}' }, ...results.map((_, i) => several(`{"r":${i + 1}}`))];
  const { folder, options } = savedRun(rows, [
    ...results.map((_, i) => call(named('turn/0', 'unused', { row: i + 1 }))),
    only(someAnswer({ row: 0 }, { texts: ['c0', 'c1'] })),
    ...results.map((result, i) => rowEnd(result, someAnswer({ row: i + 1 }))),
  ]);
  expect(await writeCompleted(options)).toMatchObject({ records: 6, failed: 0 });
  expect(completedOf(folder).map(({ response }) => response)).toEqual([['c0', 'c1'], ...results]);
  expect(completedOf(folder).map(({ r }) => r)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a row that has ended well has its end line byte for byte behind it', async () => {
  const answer = someAnswer({}, { costUsd: 1e-7, latencyMs: 0.5 });
  const line = rowEnd({ z: 1, a: '\u2028\ud800' }, answer);
  const { folder, options } = savedRun([several('{"a" : 1.0}')], [call(named('x')), line]);
  await writeCompleted(options);
  const start = '{"v":2,"type":"row","row":0,"wall_ms":900';
  expect(linesOf(folder.completed)[0]).toBe(`{"a" : 1.0${line.text.slice(start.length)}`);
});

test('the answer of a row of several calls is their sum', async () => {
  const answers = [
    someAnswer({ name: 'turn/0' }, { costUsd: 0.25, latencyMs: 100, attempts: 2 }),
    someAnswer(
      { name: 'turn/1' },
      {
        ...{ costUsd: 0.5, latencyMs: 50, model: 'm2', finishReason: 'length' },
        startedAt: '2026-01-01T00:00:09.000Z',
      },
    ),
  ];
  const sum = {
    model: 'm2',
    finish_reason: 'length',
    usage: { input: 24, cached: null, output: 6, reasoning: null },
    cost_usd: 0.75,
    latency_ms: 150,
    attempts: 3,
    started_at: '2026-01-01T00:00:00.000Z',
  };
  const ended = savedRun([several()], [...answers.map(call), rowEnd('r', sumOf(answers))]);
  await writeCompleted(ended.options);
  expect(completedOf(ended.folder)[0].answer).toMatchObject({ status: 'ok', ...sum });
  // Without an end the sum is made of the lines.
  const open = savedRun([several()], answers.map(call));
  await writeCompleted(open.options);
  expect(completedOf(open.folder)[0].answer).toMatchObject({ status: 'error', ...sum });
});

test('a row that failed shows what it has, and its cost is unknown with one of its calls', async () => {
  const answers = [named('t0'), failedAnswer({ name: 't1' })];
  const { folder, options } = savedRun(
    [several('{"id":7}')],
    [...answers.map(call), rowEnd(null, sumOf(answers, answers[1]!.error))],
  );
  const seen: unknown[] = [];
  const responseOf: CompletedOptions['responseOf'] = (row, text, given) => {
    seen.push([row, text]);
    return byName(row, text, given);
  };
  expect(await writeCompleted({ ...options, responseOf })).toMatchObject({ records: 1, failed: 1 });
  expect(completedOf(folder)[0]).toMatchObject({
    id: 7,
    response: { t0: ['t0'], t1: [] },
    answer: { status: 'error', error: { code: 'server_error' }, cost_usd: null, attempts: 2 },
  });
  expect(seen).toEqual([[0, '{"id":7}']]);
  expect(linesOf(folder.failed)).toEqual(linesOf(folder.completed));
  await writeCompleted(options);
  expect(completedOf(folder)[0].response).toBeNull();
});

test('rows that were not sent, or not whole, say so', async () => {
  const rows = [{ text: '{"a":1}' }, several(), several('{"b":2}')];
  const { folder, options } = savedRun(rows, [call(named('turn/0', 'forty-two', { row: 1 }))]);
  const notSent = (row: number) => `Row ${row} was not sent: the key was refused`;
  expect(await writeCompleted({ ...options, notSent, responseOf: byName })).toMatchObject({
    records: 3,
    failed: 3,
  });
  const [first, second, third] = completedOf(folder);
  const nothing = (row: number) => ({
    response: null,
    answer: {
      status: 'error',
      error: {
        code: 'not_sent',
        message: `Row ${row} was not sent: the key was refused`,
        retryable: true,
      },
      cost_usd: null,
      attempts: 0,
      started_at: null,
    },
  });
  expect(first).toMatchObject({ a: 1, ...nothing(0) });
  expect(third).toMatchObject({ b: 2, ...nothing(2) });
  expect(second).toMatchObject({
    response: { 'turn/0': ['forty-two'] },
    answer: { error: { code: 'not_sent' }, attempts: 1, cost_usd: 0.00025 },
  });
});

test('a row that is open has the error of its call that failed', async () => {
  const { folder, options } = savedRun(
    [several()],
    [call(failedAnswer({ name: 'x' })), call(named('y'))],
  );
  await writeCompleted({ ...options, responseOf: byName });
  expect(completedOf(folder)[0]).toMatchObject({
    response: { x: [], y: ['y'] },
    answer: { status: 'error', error: { code: 'server_error' }, attempts: 2 },
  });
});

test('of several answers to one call of a row that is open the last one counts', async () => {
  const { folder, options } = savedRun(
    [several()],
    ['old', 'new'].map((text) => call(named('x', text))),
  );
  await writeCompleted({ ...options, responseOf: byName });
  expect(completedOf(folder)[0]).toMatchObject({
    response: { x: ['new'] },
    answer: { attempts: 1 },
  });
});

test('a row that asked nothing has its result and costs nothing that is known', async () => {
  const { folder, options } = savedRun([several()], [rowEnd({ skipped: true }, sumOf([]))]);
  expect(await writeCompleted(options)).toMatchObject({ records: 1, failed: 0 });
  expect(completedOf(folder)[0]).toMatchObject({
    response: { skipped: true },
    answer: { status: 'ok', attempts: 0, cost_usd: null, started_at: null, latency_ms: 0 },
  });
});

test('a row that was opened again keeps its good answers and loses its end and its failures', async () => {
  const first = [named('good'), failedAnswer({ name: 'bad' })];
  const lines = [
    ...first.map(call),
    rowEnd(null, sumOf(first, first[1]!.error)),
    only(failedAnswer({ row: 1 })),
    reopened(0),
    reopened(1),
  ];
  const rows = [several(), { text: '{}' }];
  const open = savedRun(rows, lines);
  expect(open.options.table.stateOf(0)).toBe('open');
  expect(open.options.table.stateOf(1)).toBe('pending');
  await writeCompleted({ ...open.options, responseOf: byName });
  expect(completedOf(open.folder)).toMatchObject([
    { response: { good: ['good'] }, answer: { error: { code: 'not_sent' }, attempts: 1 } },
    { response: null, answer: { error: { code: 'not_sent' }, attempts: 0 } },
  ]);
  const again = [named('good'), named('bad', 'now good')];
  const ended = savedRun(rows, [
    ...lines,
    call(again[1]!),
    rowEnd(['good', 'now good'], sumOf(again)),
    only(someAnswer({ row: 1 })),
  ]);
  expect(await writeCompleted(ended.options)).toMatchObject({ records: 2, failed: 0 });
  expect(completedOf(ended.folder)).toMatchObject([
    { response: ['good', 'now good'], answer: { status: 'ok', attempts: 2 } },
    { response: 'forty-two', answer: { status: 'ok' } },
  ]);
});

test('an end that cannot be read again is an error of its row, whatever the row was', async () => {
  const answers = [named('x')];
  const { error } = failedAnswer();
  for (const line of [rowEnd('r', sumOf(answers)), rowEnd(null, sumOf(answers, error))]) {
    const { folder, options } = savedRun(
      [several(), { text: '{}' }],
      [call(answers[0]!), line, only(someAnswer({ row: 1 }))],
    );
    damageLine(folder, 1);
    expect(await writeCompleted({ ...options, responseOf: byName })).toMatchObject({
      records: 2,
      failed: 1,
    });
    expect(completedOf(folder)[0].answer.error).toMatchObject({
      code: 'internal',
      message: expect.stringContaining(`byte ${call(answers[0]!).text.length + 1} of`),
    });
  }
});

test('the line of another row is not taken for that of a row', async () => {
  const { folder, options } = savedRun(
    [{ text: '{}' }, several()],
    [only(someAnswer({ row: 1 })), rowEnd('other', someAnswer({ row: 0 }))],
  );
  const table = new RowTable();
  table.addRow({ offset: 0, line: 1, entry: 0 });
  table.addRow({ offset: 3, line: 2, entry: 0, single: false });
  table.addAnswer(0, 0, true);
  table.endRow(1, onlyAnswerLine(someAnswer({ row: 1 })).length + 1, true);
  expect(await writeCompleted({ ...options, table })).toMatchObject({ records: 2, failed: 2 });
  expect(completedOf(folder).map(({ answer }) => answer.error.code)).toEqual([
    'internal',
    'internal',
  ]);
});

test('a call that cannot be read again is left out of a row that failed', async () => {
  const answers = [named('x'), named('y'), failedAnswer({ name: 'z' })];
  const { folder, options } = savedRun(
    [several()],
    [...answers.map(call), rowEnd(null, sumOf(answers, answers[2]!.error))],
  );
  damageLine(folder, 0);
  await writeCompleted({ ...options, responseOf: byName });
  expect(completedOf(folder)[0]).toMatchObject({
    response: { y: ['y'], z: [] },
    answer: { error: { code: 'server_error' }, attempts: 3 },
  });
});
