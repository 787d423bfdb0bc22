import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failing, PAID, paidModel } from '../../../test/support/executed-run.ts';
import type { FakeReply } from '../../../test/support/fake-model.ts';
import { linesOf, recordsOf } from '../../../test/support/run-results.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import type { JsonValue } from '../../core/json.ts';
import type { LearnedForm } from '../../core/model.ts';
import { systemClock } from '../../core/system-clock.ts';
import { type Question, textOf, type Workflow } from '../../core/workflow.ts';
import { type RowResult, WorkflowRun } from './run-workflow.ts';
import type { RunWorkflowOptions } from './run-workflow-options.ts';

const say = (text: string): Question => ({ messages: [{ role: 'user', content: text }] });

function run<Row, Result extends JsonValue>(
  rows: Iterable<Row> | AsyncIterable<Row>,
  workflow: Workflow<Row, Result>,
  options: Partial<RunWorkflowOptions<Row>> = {},
) {
  return new WorkflowRun(rows, workflow, {
    clock: systemClock,
    random: () => 0.5,
    attempts: 1,
    ...options,
  });
}

async function read<Row, Result extends JsonValue>(given: WorkflowRun<Row, Result>) {
  const results: RowResult<Row, Result>[] = [];
  for await (const result of given) results.push(result);
  return results.sort((a, b) => a.row - b.row);
}

/** Two calls in a row. */
function twice(model = paidModel()): Workflow<string, string> {
  return async (row, { ask }) => {
    const first = textOf(await ask('first', model, say(row)));
    return textOf(await ask('second', model, say(`again ${first}`)));
  };
}

describe('what is learned of a server that a workflow asks', () => {
  it('is kept in the folder of its run, and known when that goes on', async () => {
    const folder = temporaryFolder();
    const form: LearnedForm = { structured: 'json_object', because: '400: response_format' };
    const modelThat = (learned: LearnedForm | null, reply?: () => FakeReply) => {
      const recalled: LearnedForm[] = [];
      const model = Object.assign(paidModel(reply), {
        learned: () => learned,
        recall: (earlier: LearnedForm) => void recalled.push(earlier),
      });
      return { model, recalled };
    };
    const first = modelThat(form, () => failing('unauthorized'));
    await expect(read(run(['a', 'b'], twice(first.model), { folder }))).rejects.toThrow();
    const state = () => JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as object;
    const learned = { 'fake/model': { structured: 'json_object', because: form.because } };
    expect(state()).toMatchObject({ state: 'unfinished', learned });
    const second = modelThat(null);
    await read(run(['a', 'b'], twice(second.model), { folder }));
    expect(second.recalled).toEqual([form]);
    expect(state()).toMatchObject({ state: 'finished', learned });
  });
});

describe('a run of a workflow', () => {
  it('lets a workflow take what it needs out of its context', async () => {
    const lines: [number, string][] = [];
    const given = run(
      ['a', 'b'],
      async (row: string, { note, progress, signal }) => {
        progress(`begins ${row}`);
        note({ seen: row, last: 1 });
        note({ last: 2 });
        return signal.aborted;
      },
      { onProgress: (row, line) => lines.push([row, line]) },
    );
    expect(await read(given)).toMatchObject([
      { status: 'ok', result: false, notes: { seen: 'a', last: 2 } },
      { status: 'ok', result: false, notes: { seen: 'b', last: 2 } },
    ]);
    expect(lines).toEqual([
      [0, 'begins a'],
      [1, 'begins b'],
    ]);
  });

  it('gives a result for each row, and the sums of all', async () => {
    const model = paidModel((text) => (text === 'b' ? failing('bad_request', 'no b') : PAID));
    const given = run(['a', 'b', 'c'], twice(model));
    const results = await read(given);
    expect(results.map(({ input, status, result }) => [input, status, result])).toEqual([
      ['a', 'ok', 'answer to again answer to a'],
      ['b', 'error', null],
      ['c', 'ok', 'answer to again answer to c'],
    ]);
    expect(results[1]!.error).toMatchObject({ code: 'bad_request', message: 'no b' });
    expect(results[0]!.answer).toMatchObject({ attempts: 2, costUsd: 0.5 });
    expect(given).toMatchObject({ failures: 1, costUsd: 1, unknownCosts: 0 });
    expect(given.usage).toMatchObject({ input: 40, output: 20 });
  });

  it('takes rows as they come, of one call too, and from entries of their own', async () => {
    async function* rows() {
      for (let row = 0; row < 20; row++) yield row;
    }
    const model = paidModel();
    const workflow: Workflow<number, string> = async (row, { ask }) =>
      textOf(await ask('a', model, say(`${row}`)));
    const results = await read(
      run(rows(), workflow, {
        single: (row) => (row % 2 === 0 ? { model, question: say(`one ${row}`) } : undefined),
        entry: (row) => `entry ${row % 3}`,
        openRows: 2,
      }),
    );
    expect(results.map(({ result }) => result)).toEqual(
      Array.from({ length: 20 }, (_, row) => `answer to ${row % 2 === 0 ? 'one ' : ''}${row}`),
    );
  });

  it('ends with an error when rows are left because a model cannot be asked', async () => {
    const bad = paidModel(() => failing('unauthorized', 'the key is wrong'));
    const good = paidModel();
    const workflow: Workflow<string, string> = async (row, { ask }) =>
      textOf(await ask('a', row === 'bad' ? bad : good, say(row)));
    const results: unknown[] = [];
    const reading = (async () => {
      for await (const { result } of run(['x', 'bad', 'y'], workflow)) results.push(result);
    })();
    await expect(reading).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('the key is wrong'),
    });
    expect(results).toEqual(['answer to x', 'answer to y']);
  });

  it('ends well when all rows have ended without a model that cannot be asked', async () => {
    const bad = paidModel(() => failing('unauthorized', 'the key is wrong'));
    const workflow: Workflow<string, string> = async (row, { ask }) =>
      (await ask('a', bad, say(row), { optional: true })).error?.code ?? 'none';
    for (const folder of [undefined, temporaryFolder()]) {
      const results = await read(run(['x', 'y'], workflow, { folder }));
      expect(results.map(({ result }) => result)).toEqual(['unauthorized', 'unauthorized']);
    }
  });

  it('is read once, and ends when nobody reads on', async () => {
    const model = paidModel();
    const given = run(
      Array.from({ length: 5_000 }, (_, row) => `${row}`),
      twice(model),
    );
    for await (const { status } of given) {
      expect(status).toBe('ok');
      break;
    }
    const asked = model.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(model.requests.length).toBe(asked);
    expect(() => given[Symbol.asyncIterator]()).toThrow('read once');
  });

  it('begins no rows while its reader is far behind', async () => {
    const model = paidModel();
    const rows = Array.from({ length: 4_000 }, (_, row) => `${row}`);
    const workflow: Workflow<string, string> = async (row, { ask }) =>
      textOf(await ask('a', model, say(row)));
    let read = 0;
    for await (const _ of run(rows, workflow, { openRows: 100 })) {
      read++;
      if (read === 1) await new Promise((resolve) => setTimeout(resolve, 300));
      expect(model.requests.length).toBeLessThan(read + 2_300);
    }
    expect(read).toBe(4_000);
  });
});

describe('a run of a workflow with a folder', () => {
  const rows = Array.from({ length: 30 }, (_, row) => `row ${row}`);

  it('keeps rows, answers and results there, and sends nothing when it is run again', async () => {
    const folder = join(temporaryFolder(), 'deep', 'run');
    const model = paidModel();
    const first = await read(run(rows, twice(model), { folder }));
    expect(recordsOf(folder).map(({ value, response }) => [value, response])).toEqual(
      first.map(({ input, result }) => [input, result]),
    );
    expect(existsSync(join(folder, 'lock'))).toBe(false);
    const again = run(rows, twice(model), { folder });
    const second = await read(again);
    expect(second.map(({ input, result }) => [input, result])).toEqual(
      first.map(({ input, result }) => [input, result]),
    );
    expect(again).toMatchObject({ failures: 0, costUsd: 15 });
    expect(model.requests).toHaveLength(60);
  });

  it('writes the records while it goes on that it makes of its journal later', async () => {
    const folder = temporaryFolder();
    const model = paidModel();
    const workflow: Workflow<string, string> = async (row, { ask, note }) => {
      const text = textOf(await ask('only', model, say(row)));
      if (row.endsWith('1')) note({ rated: 3 });
      if (row.endsWith('2')) throw new Error('mine');
      return row.endsWith('3') ? textOf(await ask('more', model, say(text))) : text;
    };
    const files = ['completed.jsonl', 'failed.jsonl'].map((name) => join(folder, name));
    const recordsNow = () => files.map((path) => readFileSync(path, 'utf8'));
    await read(run(rows, workflow, { folder }));
    const early = recordsNow();
    expect(recordsOf(folder)[1]).toMatchObject({ value: 'row 1', rated: 3 });
    const statePath = join(folder, 'run.json');
    const state = JSON.parse(readFileSync(statePath, 'utf8'));
    writeFileSync(statePath, JSON.stringify({ ...state, state: 'unfinished' }));
    for (const path of files) rmSync(path);
    await read(run(rows, workflow, { folder }));
    expect(recordsNow()).toEqual(early);
  });

  it('goes on after it was left, and gives the results of both parts', async () => {
    const folder = temporaryFolder();
    const model = paidModel();
    let seen = 0;
    for await (const _ of run(rows, twice(model), { folder, openRows: 3 })) if (++seen === 7) break;
    const lines = linesOf(join(folder, 'journal.jsonl')).length;
    expect(lines).toBeGreaterThanOrEqual(7 * 3);
    const results = await read(run(rows, twice(model), { folder }));
    expect(results.map(({ input }) => input)).toEqual(rows);
    expect(
      results.every(({ result, input }) => result === `answer to again answer to ${input}`),
    ).toBe(true);
    // What was in flight when it was left is sent again.
    expect(model.requests.length).toBeLessThanOrEqual(60 + 6);
  });

  it('gives the results of earlier parts before the error of a model that cannot be asked', async () => {
    const folder = temporaryFolder();
    // More than can end before the reader leaves, however busy the machine is.
    const rows = Array.from({ length: 3_000 }, (_, row) => `row ${row}`);
    let seen = 0;
    for await (const _ of run(rows, twice(), { folder, openRows: 3 })) if (++seen === 7) break;
    const bad = paidModel(() => failing('unauthorized', 'the key is wrong'));
    const results: unknown[] = [];
    const reading = (async () => {
      for await (const { result } of run(rows, twice(bad), { folder })) results.push(result);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'unauthorized' });
    expect(results.length).toBeGreaterThanOrEqual(7);
    expect(new Set(results).size).toBe(results.length);
  });

  it('counts what was paid for answers to other questions in the sums of their row', async () => {
    const folder = temporaryFolder();
    const broken = paidModel((text) => (text.startsWith('again') ? failing('unauthorized') : PAID));
    await read(run(['a'], twice(broken), { folder })).catch(() => {});
    const changed =
      (model = broken): Workflow<string, string> =>
      async (row, { ask }) => {
        const first = textOf(await ask('first', model, say(`other ${row}`)));
        return textOf(await ask('second', model, say(`again ${first}`)));
      };
    // The first answer is replaced in this process, which does not end the row; the next one has only its line.
    await read(run(['a'], changed(), { folder })).catch(() => {});
    expect(recordsOf(folder)[0]!.answer).toMatchObject({ cost_usd: 0.5, attempts: 2 });
    const given = run(['a'], changed(paidModel()), { folder });
    const [result] = await read(given);
    expect(result!.answer).toMatchObject({ costUsd: 0.75, attempts: 3 });
    expect(given.costUsd).toBe(0.75);
  });

  it('refuses other rows, and rows that are no JSON', async () => {
    const folder = temporaryFolder();
    await read(run(rows, twice(), { folder }));
    await expect(read(run(rows.slice(1), twice(), { folder }))).rejects.toMatchObject({
      code: 'run_changed',
    });
    const odd = run([1n] as never[], twice(), { folder: temporaryFolder() });
    await expect(read(odd)).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('row 0'),
    });
  });

  it('writes over no file that is not of a run, and goes on with one that had only begun', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'completed.jsonl'), 'mine');
    await expect(read(run(rows, twice(), { folder }))).rejects.toMatchObject({
      code: 'bad_usage',
      message: expect.stringContaining('completed.jsonl'),
    });
    expect(readFileSync(join(folder, 'completed.jsonl'), 'utf8')).toBe('mine');
    const file = join(folder, 'completed.jsonl');
    await expect(read(run(rows, twice(), { folder: file }))).rejects.toMatchObject({
      code: 'file_unwritable',
      message: `${file} is a file, and no folder for a run`,
    });
    const begun = temporaryFolder();
    await read(run(rows, twice(), { folder: begun }));
    const { input_sha256 } = JSON.parse(readFileSync(join(begun, 'run.json'), 'utf8'));
    for (const name of readdirSync(begun)) rmSync(join(begun, name));
    writeFileSync(join(begun, 'run.json'), JSON.stringify({ state: 'running', input_sha256 }));
    expect(await read(run(rows, twice(), { folder: begun }))).toHaveLength(30);
  });

  it('says so when rows have more entries than can be told apart', async () => {
    const many = Array.from({ length: 65_537 }, (_, row) => `${row}`);
    await expect(read(run(many, twice(), { entry: (row) => row }))).rejects.toThrow('65536');
  });

  it('keeps objects as they are and everything else as a value, whatever its keys are', async () => {
    const folder = temporaryFolder();
    const model = paidModel();
    const odd: JsonValue[] = [
      { topic: 'x', response: 'mine' },
      { value: 1 },
      { value: 1, other: 2 },
      [1, 2],
      null,
      '',
      'a "quoted" é',
    ];
    const echo: Workflow<JsonValue, JsonValue> = async (row, { ask }) => {
      await ask('a', model, say('x'));
      return row;
    };
    const results = await read(run(odd, echo, { folder }));
    expect(results.map(({ input, result }) => [input, result])).toEqual(
      odd.map((row) => [row, row]),
    );
    expect(recordsOf(folder)[0]).toMatchObject({ topic: 'x', 'input-response': 'mine' });
  });

  it('tells which row asked something else by a name than before', async () => {
    const folder = temporaryFolder();
    const model = paidModel((text) => (text.startsWith('again') ? failing('unauthorized') : PAID));
    await read(run(['a'], twice(model), { folder })).catch(() => {});
    const changed: Workflow<string, string> = async (row, { ask }) =>
      textOf(await ask('first', paidModel(), say(`other ${row}`)));
    const [result] = await read(run(['a'], changed, { folder }));
    expect(result!.result).toBe('answer to other a');
    expect(readFileSync(join(folder, 'log.jsonl'), 'utf8')).toContain(
      '"event":"saved answer to another question","row":0,"call":"first"',
    );
  });

  it('leaves out lines of its journal that are damaged, and asks those calls again', async () => {
    const folder = temporaryFolder();
    const model = paidModel();
    const drain = new AbortController();
    const given = run(rows, twice(model), { folder, openRows: 2, drain: drain.signal });
    let seen = 0;
    for await (const _ of given) if (++seen === 5) drain.abort();
    appendFileSync(
      join(folder, 'journal.jsonl'),
      '{"v":2,"type":"row","row":3}\n{"v":0}\n{"v":2,"ty',
    );
    const results = await read(run(rows, twice(model), { folder }));
    expect(results).toHaveLength(30);
    expect(model.requests).toHaveLength(60);
  });
});
