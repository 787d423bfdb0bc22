import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
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
import { fakeTargets, readyIn } from '../../../test/support/fake-lanes.ts';
import { linesOf, recordsOf } from '../../../test/support/run-results.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { RunLock } from '../../store/index.ts';
import type { RunProgress } from './run-progress.ts';

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

describe('a run whose model always fails in the same way', () => {
  it('stops its lane at the tenth error, unless told otherwise; the other rows are asked again later', async () => {
    const refusing = paidModel(() => failing('forbidden'));
    const rows = rowsOf('a/1', 40);
    const run = await readyOn(folder, rows, { 'a/1': refusing });
    const outcome = await execute(run);
    expect(outcome).toMatchObject({ state: 'unfinished', answered: 0, failed: 9 });
    expect(outcome.stoppedLanes[0]?.error?.message).toContain('10 calls in a row failed');
    const codes = recordsOf(run.folder.path).map(({ answer }) => answer.error?.code);
    expect(codes.filter((code) => code === 'not_sent')).toHaveLength(31);
    const again = await readyOn(folder, rows, { 'a/1': refusing });
    expect(await execute(again, { stopAfter: 0 })).toMatchObject({ state: 'finished', failed: 40 });
  });
});

describe('a run that is interrupted', () => {
  it('finishes what is in flight and goes on later without asking that again', async () => {
    const drain = new AbortController();
    const rows = rowsOf('a/1', 30);
    const model = paidModel((text) => {
      if (text === 'a/1 4') drain.abort();
      return { ...PAID, latencyMs: 5 };
    });
    const run = await readyOn(folder, rows, { 'a/1': model });
    const outcome = await execute(run, { drain: drain.signal });
    expect(outcome.state).toBe('interrupted');
    expect(outcome.answered).toBe(model.requests.length);
    expect(outcome.answered).toBeLessThan(30);
    expect(stateOf(run)).toMatchObject({ state: 'unfinished' });
    const records = recordsOf(run.folder.path);
    expect(records.filter(({ answer }) => answer.status === 'ok')).toHaveLength(outcome.answered);
    expect(records.filter(({ answer }) => answer.error?.code === 'not_sent')).toHaveLength(
      30 - outcome.answered,
    );
    const again = await readyOn(folder, rows, { 'a/1': model });
    expect(again.resumed).toBe(true);
    const whole = await execute(again);
    expect(whole).toMatchObject({ state: 'finished', answered: 30 });
    expect(whole.models).toMatchObject([{ calls: 30, costUsd: 7.5 }]);
    expect(model.requests).toHaveLength(30);
  });

  it('at once has no answer for what was in flight', async () => {
    const stop = new AbortController();
    const model = paidModel(() => ({ hangs: true }));
    const run = await readyOn(folder, rowsOf('a/1', 2), { 'a/1': model });
    setTimeout(() => stop.abort(new Error('stopped')), 20);
    const outcome = await execute(run, { signal: stop.signal });
    expect(outcome).toMatchObject({ state: 'interrupted', answered: 0, failed: 0 });
    expect(linesOf(run.folder.journal)).toEqual([expect.stringContaining('"type":"run"')]);
    expect(existsSync(run.folder.completed)).toBe(false);
  });

  it('writes nothing more once another process has taken its lock', async () => {
    const lost = new AbortController();
    const model = paidModel(() => ({ hangs: true }));
    const run = await readyOn(folder, rowsOf('a/1', 2), { 'a/1': model });
    const lock = { lost: lost.signal, release: () => run.lock.release() } as RunLock;
    const before = stateOf(run);
    setTimeout(() => lost.abort(new TuttiError('run_locked', 'taken over')), 20);
    await expect(execute({ ...run, lock })).rejects.toMatchObject({ code: 'run_locked' });
    expect(stateOf(run)).toEqual(before);
    expect(existsSync(run.folder.completed)).toBe(false);
  });

  it('with everything answered is finished', async () => {
    const drain = new AbortController();
    const model = paidModel(() => {
      drain.abort();
      return PAID;
    });
    const run = await readyOn(folder, rowsOf('a/1', 1), { 'a/1': model });
    expect(await execute(run, { drain: drain.signal })).toMatchObject({ state: 'finished' });
  });

  it('does not show the final files of an earlier part as if they were its own', async () => {
    const rows = [...rowsOf('a/1', 1), ...rowsOf('a/2', 2)];
    const refusing = paidModel(() => failing('unauthorized'));
    const first = await readyOn(folder, rows, { 'a/1': paidModel(), 'a/2': refusing });
    await execute(first);
    expect(recordsOf(first.folder.path)).toHaveLength(3);
    const drain = new AbortController();
    const two = paidModel((text) => {
      if (text === 'a/2 0') drain.abort();
      return PAID;
    });
    const limiters = [{ name: 'one', limits: { concurrency: 1 } }];
    const findTarget = fakeTargets({ models: { 'a/1': paidModel(), 'a/2': two }, limiters });
    const run = await readyIn(folder, rows, { findTarget });
    expect(await execute(run, { drain: drain.signal })).toMatchObject({ answered: 2 });
    expect(recordsOf(run.folder.path).map(({ answer }) => answer.status)).toEqual([
      'ok',
      'ok',
      'error',
    ]);
    expect(recordsOf(run.folder.path, 'failed.jsonl')).toHaveLength(1);
  });
});

describe('the progress of a run', () => {
  it('counts what earlier processes did, apart from what this one does', async () => {
    const rows = rowsOf('a/1', 4);
    const drain = new AbortController();
    const limiters = [{ name: 'one', limits: { concurrency: 1 } }];
    const model = paidModel((text) => {
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
    const model = paidModel((text) => (text === 'a/1 0' ? failing('bad_request') : {}));
    const run = await readyOn(folder, rowsOf('a/1', 3), { 'a/1': model });
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
    const run = await readyOn(folder, rows, { 'a/1': paidModel() });
    // A directory in the place of the journal: it can be neither written nor read.
    mkdirSync(run.folder.journal);
    await expect(execute(run)).rejects.toMatchObject({ code: 'file_unwritable' });
    expect(stateOf(run).state).toBe('unfinished');
    expect(existsSync(run.folder.lock)).toBe(false);
    rmSync(run.folder.journal, { recursive: true });
    const again = await readyOn(folder, rows, { 'a/1': paidModel() });
    expect(await execute(again)).toMatchObject({ state: 'finished', answered: 20 });
  });

  it('does not say that it is running when its final files cannot be written', async () => {
    const run = await readyOn(folder, rowsOf('a/1', 2), { 'a/1': paidModel() });
    const model = paidModel(() => {
      rmSync(run.folder.input);
      return PAID;
    });
    const findTarget = fakeTargets({ models: { 'a/1': model } });
    await run.lock.release();
    const again = await readyIn(folder, rowsOf('a/1', 2), { findTarget });
    await expect(execute(again)).rejects.toMatchObject({ code: 'file_missing' });
    expect(stateOf(run).state).toBe('unfinished');
  });

  it('is not finished before what is made from its final files is there, and asks nothing to make it again', async () => {
    const rows = rowsOf('a/1', 3);
    const run = await readyOn(folder, rows, { 'a/1': paidModel() });
    const full = new TuttiError('disk_full', 'no space is left');
    const states: unknown[] = [];
    const onEnded = () => {
      states.push(stateOf(run).state);
      return Promise.reject(full);
    };
    await expect(execute(run, { onEnded })).rejects.toBe(full);
    expect([...states, stateOf(run).state]).toEqual(['running', 'unfinished']);
    expect(recordsOf(run.folder.path)).toHaveLength(3);
    const refusing = paidModel(() => failing('unauthorized'));
    const again = await readyOn(folder, rows, { 'a/1': refusing });
    const made = await execute(again, {
      onEnded: async (ended) => ({ ...ended, notes: ['made'] }),
    });
    expect(made).toMatchObject({ state: 'finished', answered: 3, notes: ['made'] });
    expect(stateOf(run).state).toBe('finished');
  });

  it('skips lines of the journal that are damaged, notes them, and asks those calls again', async () => {
    const rows = rowsOf('a/1', 3);
    const refusing = paidModel((text) => (text === 'a/1 2' ? failing('unauthorized') : PAID));
    const run = await readyOn(folder, rows, { 'a/1': refusing });
    await execute(run);
    const journal = linesOf(run.folder.journal);
    rmSync(run.folder.journal);
    appendFileSync(run.folder.journal, `{"damaged\n${journal[2]}\n`);
    const model = paidModel();
    const again = await readyOn(folder, rows, { 'a/1': model });
    expect(await execute(again)).toMatchObject({ state: 'finished', answered: 3 });
    expect(model.requests).toHaveLength(2);
    expect(readFileSync(run.folder.log, 'utf8')).toContain('journal line skipped');
  });

  it('says that the answers are safe when only the results cannot be written', async () => {
    const run = await readyIn(folder, rowsOf('a/1', 3), {
      findTarget: fakeTargets({ models: { 'a/1': paidModel() } }),
    });
    mkdirSync(join(run.folder.completed, 'in the way'), { recursive: true });
    await expect(execute(run)).rejects.toMatchObject({
      code: 'file_unwritable',
      message: expect.stringContaining(`All answers are safe in ${run.folder.path}`),
    });
    rmSync(run.folder.completed, { recursive: true });
    const model = paidModel();
    const again = await readyOn(folder, rowsOf('a/1', 3), { 'a/1': model });
    expect(await execute(again)).toMatchObject({ state: 'finished', answered: 3 });
    expect(model.requests).toHaveLength(0);
  });

  it('is not finished when the journal was damaged meanwhile: what is lost is counted and asked again', async () => {
    const rows = rowsOf('a/1', 6);
    const limiters = [{ name: 'one', limits: { concurrency: 1 } }];
    let journal = '';
    const damaging = paidModel((text) => {
      if (text === 'a/1 5') {
        const bytes = readFileSync(journal);
        const second = bytes.indexOf('\n') + 1;
        writeFileSync(journal, bytes.fill(0, second, bytes.indexOf('\n', second)));
      }
      return PAID;
    });
    const findTarget = fakeTargets({ models: { 'a/1': damaging }, limiters });
    const run = await readyIn(folder, rows, { findTarget });
    journal = run.folder.journal;
    const outcome = await execute(run);
    expect(outcome).toMatchObject({ state: 'unfinished', answered: 5, failed: 0, lostAnswers: 1 });
    expect(stateOf(run)).toMatchObject({ state: 'unfinished', totals: { answered: 5, lost: 1 } });
    expect(recordsOf(run.folder.path, 'failed.jsonl')).toHaveLength(1);
    const model = paidModel();
    const again = await readyOn(folder, rows, { 'a/1': model });
    expect(await execute(again)).toMatchObject({ state: 'finished', answered: 6, damagedLines: 1 });
    expect(model.requests).toHaveLength(1);
  });
});
