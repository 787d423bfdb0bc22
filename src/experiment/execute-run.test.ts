import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeTargets, prepareIn, readyIn } from '../../test/support/fake-lanes.ts';
import { FakeModel, type FakeReply } from '../../test/support/fake-model.ts';
import { linesOf, recordsOf } from '../../test/support/run-results.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { CallError } from '../core/call-error.ts';
import { systemClock } from '../core/system-clock.ts';
import { type ExecuteOptions, executeRun } from './execute-run.ts';
import type { PreparedRun, PrepareOptions } from './prepare-run.ts';
import type { RunProgress } from './run-progress.ts';

const USAGE = { input: 10, output: 5, cached: null, reasoning: null };
const PAID: FakeReply = { generation: { usage: USAGE, costUsd: 0.25 } };

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

function fake(reply: (text: string, numberOfTry: number) => FakeReply = () => PAID): FakeModel {
  return new FakeModel(systemClock, reply);
}

function failing(code: ConstructorParameters<typeof CallError>[0], message = 'refused'): FakeReply {
  return { error: new CallError(code, message, { hint: 'Do something.' }) };
}

function rowsOf(model: string, count: number): { prompt: string; model: string }[] {
  return Array.from({ length: count }, (_, row) => ({ prompt: `${model} ${row}`, model }));
}

function ready(
  rows: string | readonly object[],
  models: Record<string, FakeModel>,
  options: Partial<PrepareOptions> = {},
): Promise<PreparedRun> {
  return readyIn(folder, rows, { findTarget: fakeTargets({ models }), ...options });
}

function execute(run: PreparedRun, options: Partial<ExecuteOptions> = {}) {
  return executeRun(run, {
    clock: systemClock,
    random: () => 0.5,
    attempts: 1,
    timeoutMs: 10_000,
    drain: new AbortController().signal,
    signal: new AbortController().signal,
    ...options,
  });
}

function stateOf({ folder: { state } }: PreparedRun) {
  return JSON.parse(readFileSync(state, 'utf8'));
}

describe('a run that is executed', () => {
  it('ends with every row once in input order, its totals and a free lock', async () => {
    const rows = [...rowsOf('a/1', 3), ...rowsOf('a/2', 2), ...rowsOf('a/1', 1)];
    const two = fake((text) => (text === 'a/2 1' ? failing('bad_request') : PAID));
    const run = await ready(rows, { 'a/1': fake(), 'a/2': two });
    const outcome = await execute(run);
    expect(outcome).toMatchObject({
      state: 'finished',
      rows: 6,
      answered: 5,
      failed: 1,
      stoppedLanes: [],
    });
    expect(outcome.models).toMatchObject([
      { model: 'a/1', calls: 4, errors: 0, inputTokens: 40, outputTokens: 20, costUsd: 1 },
      { model: 'a/2', calls: 2, errors: 1, costUsd: 0.25, unknownCosts: 0 },
    ]);
    expect(recordsOf(run.folder.path).map(({ response, prompt }) => [prompt, response])).toEqual(
      rows.map(({ prompt }) => [prompt, prompt === 'a/2 1' ? null : `answer to ${prompt}`]),
    );
    expect(recordsOf(run.folder.path, 'failed.jsonl').map(({ prompt }) => prompt)).toEqual([
      'a/2 1',
    ]);
    expect(stateOf(run)).toMatchObject({
      state: 'finished',
      totals: { rows: 6, answered: 5, failed: 1, not_sent: 0 },
    });
    expect(existsSync(run.folder.lock)).toBe(false);
    expect(await prepareIn(folder, rows)).toHaveProperty('finished');
  });

  it('has a response for each turn, each choice and each sample', async () => {
    const rows = [
      { prompt: ['a', 'b'], model: 'a/1' },
      { prompt: 'c', model: 'a/1', parameters: { n: 2 } },
      { prompt: ['d', 'e'], model: 'a/1', parameters: { n: 2 } },
    ];
    const run = await ready(rows, { 'a/1': fake() });
    await execute(run);
    const [a, c, d] = ['answer to a', 'answer to c', 'answer to d'];
    expect(recordsOf(run.folder.path).map(({ response }) => response)).toEqual([
      [a, a],
      [c, c],
      [
        [d, d],
        [d, d],
      ],
    ]);
    expect(stateOf(run).totals).toMatchObject({ rows: 3, answered: 3 });
  });

  it('ends a chain with the turn that failed and keeps the turns before it', async () => {
    let asked = 0;
    const model = fake(() => (++asked === 2 ? failing('bad_request') : PAID));
    const run = await ready([{ prompt: ['a', 'b', 'c'], model: 'a/1' }], { 'a/1': model });
    expect(await execute(run)).toMatchObject({ state: 'finished', answered: 0, failed: 1 });
    expect(asked).toBe(2);
    const [record] = recordsOf(run.folder.path);
    expect(record!.response).toEqual(['answer to a', null, null]);
    expect(record!.answer.error!.code).toBe('bad_request');
  });

  it('lists the lines that were left out in failed.jsonl, those beyond the kept ones as a number', async () => {
    const input = `${JSON.stringify(rowsOf('a/1', 1)[0])}\n{"prompt":1,"model":"a/1"}\n${'[]\n'.repeat(10_004)}`;
    const run = await ready(input, { 'a/1': fake() }, { skipInvalid: true });
    expect(await execute(run)).toMatchObject({ state: 'finished', failed: 0 });
    const lines = recordsOf(run.folder.path, 'failed.jsonl');
    expect(lines).toHaveLength(10_001);
    expect(lines[0]).toEqual({
      line: 2,
      column: 2,
      error: { code: 'bad_input', message: expect.stringContaining('prompt'), retryable: false },
    });
    expect(lines.at(-1)).toMatchObject({
      line: null,
      error: { message: expect.stringContaining('5 more') },
    });
  });

  it('writes every failed try into its log', async () => {
    const model = fake((_, tries) => (tries === 1 ? failing('server_error', 'broken') : PAID));
    const run = await ready(rowsOf('a/1', 1), { 'a/1': model });
    await execute(run, { attempts: 2 });
    const log = linesOf(run.folder.log).map((line) => JSON.parse(line));
    expect(log.map(({ event }) => event)).toEqual(['started', 'try failed', 'ended']);
    expect(log[1]).toMatchObject({ lane: 'a/1', row: 0, code: 'server_error', message: 'broken' });
  });

  it('counts against one limiter where lanes share its name', async () => {
    const limiters = [{ name: 'all', limits: { concurrency: 1 } }];
    let inFlight = 0;
    let most = 0;
    const model = {
      reference: 'x',
      severalChoices: true,
      async generate(...given: Parameters<FakeModel['generate']>) {
        most = Math.max(most, ++inFlight);
        await new Promise((resolve) => setImmediate(resolve));
        inFlight--;
        return fake().generate(...given);
      },
    };
    const models = { 'a/1': model, 'a/2': model };
    const rows = [...rowsOf('a/1', 5), ...rowsOf('a/2', 5)];
    await execute(await readyIn(folder, rows, { findTarget: fakeTargets({ models, limiters }) }));
    expect(most).toBe(1);
  });
});

describe('a lane that cannot go on', () => {
  it('leaves the run unfinished, says why for each of its rows, and is asked again later', async () => {
    const rows = [...rowsOf('a/1', 2), ...rowsOf('a/2', 3)];
    const one = fake();
    const run = await ready(rows, {
      'a/1': one,
      'a/2': fake(() => failing('unauthorized', 'the key is wrong')),
    });
    const outcome = await execute(run);
    expect(outcome).toMatchObject({ state: 'unfinished', rows: 5, answered: 2, failed: 0 });
    expect(JSON.parse(JSON.stringify(outcome.stoppedLanes))).toEqual([
      {
        name: 'a/2',
        state: 'failed',
        error: { code: 'unauthorized', message: 'the key is wrong', hint: 'Do something.' },
      },
    ]);
    const records = recordsOf(run.folder.path);
    expect(records).toHaveLength(5);
    expect(records[4]!.answer.error).toMatchObject({
      code: 'not_sent',
      message: expect.stringContaining('the key is wrong'),
    });
    expect(stateOf(run)).toMatchObject({ state: 'unfinished', totals: { not_sent: 3 } });

    const again = await ready(rows, { 'a/1': one, 'a/2': fake() });
    expect(await execute(again)).toMatchObject({ state: 'finished', answered: 5 });
    expect(one.requests).toHaveLength(2);
    expect(recordsOf(run.folder.path).every(({ answer }) => answer.status === 'ok')).toBe(true);
  });

  it('is parked when its quota is used up', async () => {
    const model = fake(() => failing('quota_exhausted'));
    const run = await ready(rowsOf('a/1', 2), { 'a/1': model });
    const outcome = await execute(run);
    expect(outcome).toMatchObject({ state: 'unfinished', stoppedLanes: [{ state: 'parked' }] });
  });

  it('that cannot even be opened ends the run before anything is sent', async () => {
    const model = fake();
    const run = await ready([...rowsOf('a/1', 1), ...rowsOf('a/2', 1)], { 'a/1': model });
    await expect(execute(run)).rejects.toThrow('the test has no model a/2');
    expect(model.requests).toHaveLength(0);
    expect(stateOf(run).state).toBe('unfinished');
    expect(existsSync(run.folder.lock)).toBe(false);
  });
});

describe('a run that is interrupted', () => {
  it('finishes what is in flight and goes on later without asking that again', async () => {
    const drain = new AbortController();
    const rows = rowsOf('a/1', 30);
    const model = fake((text) => {
      if (text === 'a/1 4') drain.abort();
      return { ...PAID, latencyMs: 5 };
    });
    const run = await ready(rows, { 'a/1': model });
    const outcome = await execute(run, { drain: drain.signal });
    expect(outcome.state).toBe('interrupted');
    expect(outcome.answered).toBe(model.requests.length);
    expect(outcome.answered).toBeLessThan(30);
    expect(stateOf(run)).toMatchObject({ state: 'unfinished' });
    expect(existsSync(run.folder.completed)).toBe(false);
    const again = await ready(rows, { 'a/1': model });
    expect(again.resumed).toBe(true);
    const whole = await execute(again);
    expect(whole).toMatchObject({ state: 'finished', answered: 30 });
    expect(whole.models).toMatchObject([{ calls: 30, costUsd: 7.5 }]);
    expect(model.requests).toHaveLength(30);
  });

  it('at once has no answer for what was in flight', async () => {
    const stop = new AbortController();
    const model = fake(() => ({ hangs: true }));
    const run = await ready(rowsOf('a/1', 2), { 'a/1': model });
    setTimeout(() => stop.abort(new Error('stopped')), 20);
    const outcome = await execute(run, { signal: stop.signal });
    expect(outcome).toMatchObject({ state: 'interrupted', answered: 0, failed: 0 });
    expect(linesOf(run.folder.journal)).toEqual([]);
  });

  it('with everything answered is finished', async () => {
    const drain = new AbortController();
    const model = fake(() => {
      drain.abort();
      return PAID;
    });
    const run = await ready(rowsOf('a/1', 1), { 'a/1': model });
    expect(await execute(run, { drain: drain.signal })).toMatchObject({ state: 'finished' });
  });

  it('does not show the final files of an earlier part as if they were its own', async () => {
    const rows = [...rowsOf('a/1', 1), ...rowsOf('a/2', 2)];
    const refusing = fake(() => failing('unauthorized'));
    const first = await ready(rows, { 'a/1': fake(), 'a/2': refusing });
    await execute(first);
    expect(recordsOf(first.folder.path)).toHaveLength(3);
    const drain = new AbortController();
    const two = fake((text) => {
      if (text === 'a/2 0') drain.abort();
      return PAID;
    });
    const limiters = [{ name: 'one', limits: { concurrency: 1 } }];
    const findTarget = fakeTargets({ models: { 'a/1': fake(), 'a/2': two }, limiters });
    const run = await readyIn(folder, rows, { findTarget });
    expect(await execute(run, { drain: drain.signal })).toMatchObject({ answered: 2 });
    expect(existsSync(run.folder.completed)).toBe(false);
    expect(existsSync(run.folder.failed)).toBe(false);
  });
});

describe('the progress of a run', () => {
  it('counts what earlier processes did, apart from what this one does', async () => {
    const rows = rowsOf('a/1', 4);
    const drain = new AbortController();
    const limiters = [{ name: 'one', limits: { concurrency: 1 } }];
    const model = fake((text) => {
      if (text === 'a/1 1') drain.abort();
      return text === 'a/1 0' ? failing('bad_request') : PAID;
    });
    const findTarget = fakeTargets({ models: { 'a/1': model }, limiters });
    await execute(await readyIn(folder, rows, { findTarget }), { drain: drain.signal });

    const seen: RunProgress[] = [];
    let progress: (() => RunProgress) | undefined;
    await execute(await readyIn(folder, rows, { findTarget }), {
      onStart: (given) => {
        progress = given;
        seen.push(given());
      },
    });
    seen.push(progress!());
    expect(seen[0]).toMatchObject({ costUsdBefore: 0.25, unknownCostsBefore: 0 });
    const lanes = seen.map(({ lanes: [lane] }) => lane);
    const before = { rows: 4, rowsBefore: 2, rowsFailed: 1 };
    expect(lanes[0]).toMatchObject({ ...before, rowsDone: 2, answered: 0, costUsd: 0 });
    expect(lanes[1]).toMatchObject({ ...before, rowsDone: 4, answered: 2, costUsd: 0.5 });
  });

  it('has the same number of unknown costs while it runs and at its end', async () => {
    const model = fake((text) => (text === 'a/1 0' ? failing('bad_request') : {}));
    const run = await ready(rowsOf('a/1', 3), { 'a/1': model });
    let progress: (() => RunProgress) | undefined;
    const { models } = await execute(run, {
      onStart: (given) => {
        progress = given;
      },
    });
    expect(models[0]!.unknownCosts).toBe(2);
    expect(progress!().lanes[0]!.unknownCosts).toBe(2);
  });
});

describe('a run whose answers can no longer be kept', () => {
  it('ends with an error, says so in its state, and goes on later', async () => {
    const rows = rowsOf('a/1', 20);
    const run = await ready(rows, { 'a/1': fake() });
    // A directory in the place of the journal: it can be neither written nor read.
    const { mkdirSync } = await import('node:fs');
    mkdirSync(run.folder.journal);
    await expect(execute(run)).rejects.toMatchObject({ code: 'file_unwritable' });
    expect(stateOf(run).state).toBe('unfinished');
    expect(existsSync(run.folder.lock)).toBe(false);
    rmSync(run.folder.journal, { recursive: true });
    const again = await ready(rows, { 'a/1': fake() });
    expect(await execute(again)).toMatchObject({ state: 'finished', answered: 20 });
  });

  it('does not say that it is running when its final files cannot be written', async () => {
    const run = await ready(rowsOf('a/1', 2), { 'a/1': fake() });
    const model = fake(() => {
      rmSync(run.folder.input);
      return PAID;
    });
    const findTarget = fakeTargets({ models: { 'a/1': model } });
    await run.lock.release();
    const again = await readyIn(folder, rowsOf('a/1', 2), { findTarget });
    await expect(execute(again)).rejects.toMatchObject({ code: 'file_missing' });
    expect(stateOf(run).state).toBe('unfinished');
  });

  it('skips lines of the journal that are damaged, notes them, and asks those calls again', async () => {
    const rows = rowsOf('a/1', 3);
    const refusing = fake((text) => (text === 'a/1 2' ? failing('unauthorized') : PAID));
    const run = await ready(rows, { 'a/1': refusing });
    await execute(run);
    const journal = linesOf(run.folder.journal);
    rmSync(run.folder.journal);
    appendFileSync(run.folder.journal, `{"damaged\n${journal[1]}\n`);
    const model = fake();
    const again = await ready(rows, { 'a/1': model });
    expect(await execute(again)).toMatchObject({ state: 'finished', answered: 3 });
    expect(model.requests).toHaveLength(3 - (journal.length - 1));
    expect(readFileSync(run.folder.log, 'utf8')).toContain('journal line skipped');
  });
});
