import { existsSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  execute,
  failing,
  PAID,
  paidModel,
  readyOn,
  rowsOf,
  stateOf,
} from '../../../test/support/executed-run.ts';
import { fakeTargets, prepareIn, readyIn } from '../../../test/support/fake-lanes.ts';
import type { FakeModel } from '../../../test/support/fake-model.ts';
import { linesOf, recordsOf } from '../../../test/support/run-results.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

describe('a run that is executed', () => {
  it('ends with every row once in input order, its totals and a free lock', async () => {
    const rows = [...rowsOf('a/1', 3), ...rowsOf('a/2', 2), ...rowsOf('a/1', 1)];
    const two = paidModel((text) => (text === 'a/2 1' ? failing('bad_request') : PAID));
    const run = await readyOn(folder, rows, { 'a/1': paidModel(), 'a/2': two });
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
    const run = await readyOn(folder, rows, { 'a/1': paidModel() });
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
    const model = paidModel(() => (++asked === 2 ? failing('bad_request') : PAID));
    const run = await readyOn(folder, [{ prompt: ['a', 'b', 'c'], model: 'a/1' }], {
      'a/1': model,
    });
    expect(await execute(run)).toMatchObject({ state: 'finished', answered: 0, failed: 1 });
    expect(asked).toBe(2);
    const [record] = recordsOf(run.folder.path);
    expect(record!.response).toEqual(['answer to a', null, null]);
    expect(record!.answer.error!.code).toBe('bad_request');
  });

  it('lists the lines that were left out in failed.jsonl, those beyond the kept ones as a number', async () => {
    const input = `${JSON.stringify(rowsOf('a/1', 1)[0])}\n{"prompt":1,"model":"a/1"}\n${'[]\n'.repeat(10_004)}`;
    const run = await readyOn(folder, input, { 'a/1': paidModel() }, { skipInvalid: true });
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
    const model = paidModel((_, tries) => (tries === 1 ? failing('server_error', 'broken') : PAID));
    const run = await readyOn(folder, rowsOf('a/1', 1), { 'a/1': model });
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
        return paidModel().generate(...given);
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
    const one = paidModel();
    const run = await readyOn(folder, rows, {
      'a/1': one,
      'a/2': paidModel(() => failing('unauthorized', 'the key is wrong')),
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

    const again = await readyOn(folder, rows, { 'a/1': one, 'a/2': paidModel() });
    expect(await execute(again)).toMatchObject({ state: 'finished', answered: 5 });
    expect(one.requests).toHaveLength(2);
    expect(recordsOf(run.folder.path).every(({ answer }) => answer.status === 'ok')).toBe(true);
  });

  it('is parked when its quota is used up', async () => {
    const model = paidModel(() => failing('quota_exhausted'));
    const run = await readyOn(folder, rowsOf('a/1', 2), { 'a/1': model });
    const outcome = await execute(run);
    expect(outcome).toMatchObject({ state: 'unfinished', stoppedLanes: [{ state: 'parked' }] });
  });

  it('that cannot even be opened ends the run before anything is sent', async () => {
    const model = paidModel();
    const run = await readyOn(folder, [...rowsOf('a/1', 1), ...rowsOf('a/2', 1)], { 'a/1': model });
    await expect(execute(run)).rejects.toThrow('the test has no model a/2');
    expect(model.requests).toHaveLength(0);
    expect(stateOf(run).state).toBe('unfinished');
    expect(existsSync(run.folder.lock)).toBe(false);
  });
});
