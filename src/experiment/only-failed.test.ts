import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { execute, failing, PAID, paidModel, readyOn } from '../../test/support/executed-run.ts';
import { fakeTargets, prepareIn } from '../../test/support/fake-lanes.ts';
import type { FakeModel } from '../../test/support/fake-model.ts';
import { recordsOf } from '../../test/support/run-results.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { type RunFolder, readRunState } from '../store/index.ts';
import type { PreparedRun } from './prepared-run.ts';

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

/** Goes on with a run by its folder, as `--only-failed` does. */
async function reopened(run: RunFolder, model: FakeModel): Promise<PreparedRun> {
  const state = (await readRunState(run))!;
  const only = { folder: run, state };
  const options = { input: run.input, only, reopenFailed: true };
  return readyOn(folder, '', { 'a/1': model }, options);
}

const ROWS = [1, 2, 3, 4].map((id) => ({ id, prompt: `${id}`, model: 'a/1' }));
const bad = () => paidModel((text) => (Number(text) % 2 === 0 ? failing('bad_request') : PAID));

describe('a run of which only what failed is asked again', () => {
  it('keeps its good answers and its folder, and counts failures that were mended no more', async () => {
    const first = await readyOn(folder, ROWS, { 'a/1': bad() });
    expect(await execute(first)).toMatchObject({ state: 'finished', answered: 2, failed: 2 });
    const good = recordsOf(first.folder.path).filter(({ answer }) => answer.status === 'ok');
    const model = paidModel((text) => (text === '4' ? failing('content_filtered') : PAID));
    const again = await reopened(first.folder, model);
    expect([again.resumed, again.folder.path, again.findings]).toEqual([
      true,
      first.folder.path,
      [],
    ]);
    const outcome = await execute(again, { reopenFailed: true });
    expect(model.requests.map(({ text }) => text)).toEqual(['2', '4']);
    expect(outcome).toMatchObject({
      ...{ state: 'finished', answered: 3, failed: 1 },
      models: [{ calls: 6, errors: 1, errorCodes: { content_filtered: 1 }, costUsd: 0.75 }],
    });
    const records = recordsOf(first.folder.path);
    expect(records.map(({ answer }) => answer.status)).toEqual(['ok', 'ok', 'ok', 'error']);
    expect([records[0], records[2]]).toEqual(good);
    const last = await execute(await reopened(first.folder, paidModel()), { reopenFailed: true });
    expect(last).toMatchObject({ answered: 4, failed: 0, models: [{ calls: 7, errors: 0 }] });
    expect(recordsOf(first.folder.path, 'failed.jsonl')).toEqual([]);
  });

  it('is only named where nothing has failed', async () => {
    const first = await readyOn(folder, ROWS, { 'a/1': paidModel() });
    await execute(first);
    const state = (await readRunState(first.folder))!;
    const only = { folder: first.folder, state };
    const prepared = await prepareIn(folder, '', {
      ...{ input: first.folder.input, only, reopenFailed: true },
    });
    expect(prepared).toHaveProperty('finished');
  });

  it('keeps the good answers of a row of several calls that failed', async () => {
    const rows = [{ prompt: 'x', model: 'a/1', parameters: { n: 3 } }];
    let calls = 0;
    const model = paidModel(() => (++calls === 2 ? failing('bad_request') : PAID));
    const options = (one: FakeModel) => ({ models: { 'a/1': one }, severalChoices: false });
    const findTarget = fakeTargets(options(model));
    const first = await readyOn(folder, rows, {}, { findTarget });
    expect(await execute(first)).toMatchObject({ failed: 1 });
    const better = paidModel();
    const state = (await readRunState(first.folder))!;
    const again = await readyOn(
      folder,
      '',
      {},
      {
        findTarget: fakeTargets(options(better)),
        ...{ input: first.folder.input, only: { folder: first.folder, state }, reopenFailed: true },
      },
    );
    const outcome = await execute(again, { reopenFailed: true });
    expect(outcome).toMatchObject({ answered: 1, failed: 0, models: [{ calls: 4, errors: 0 }] });
    expect(better.requests).toHaveLength(1);
    expect(recordsOf(first.folder.path)[0]!.response).toHaveLength(3);
  });

  it('can be gone on with where it ended before the rows were asked', async () => {
    const first = await readyOn(folder, ROWS, { 'a/1': bad() });
    await execute(first);
    const drain = new AbortController();
    drain.abort();
    const model = paidModel();
    const stopped = await reopened(first.folder, model);
    const outcome = await execute(stopped, { reopenFailed: true, drain: drain.signal });
    expect(outcome).toMatchObject({ state: 'interrupted', answered: 2, failed: 0 });
    expect(model.requests).toEqual([]);
    const journal = readFileSync(first.folder.journal, 'utf8');
    expect(journal.match(/"type":"reopened"/g)).toHaveLength(2);
    const last = await execute(await readyOn(folder, ROWS, { 'a/1': model }));
    expect(last).toMatchObject({ state: 'finished', answered: 4, failed: 0 });
    expect(model.requests.map(({ text }) => text)).toEqual(['2', '4']);
  });
});
