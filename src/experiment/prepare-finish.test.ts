import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { execute, paidModel, readyOn } from '../../test/support/executed-run.ts';
import { fakeTargets } from '../../test/support/fake-lanes.ts';
import { linesOf, recordsOf } from '../../test/support/run-results.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import type { JsonObject } from '../core/json.ts';
import { systemClock } from '../core/system-clock.ts';
import { readRunState, writeRunState } from '../store/index.ts';
import type { FindTarget } from './lane-plan.ts';
import { prepareFinish } from './prepare-finish.ts';
import type { PrepareOptions } from './prepare-run.ts';
import type { PreparedRun } from './prepared-run.ts';

const MODELS = { 'a/1': paidModel((text) => ({ generation: { texts: [`re: ${text}`] } })) };
const TARGETS = fakeTargets({ models: MODELS });
const GONE = fakeTargets({ unknown: ['a/1'] });

/** Finds targets that cannot be told what begins with `no`. */
const refusing: FindTarget = (selector) => ({
  ...TARGETS(selector),
  refuses: ({ turns }) =>
    String(turns[0]![0]!.content).startsWith('no')
      ? { message: 'cannot be told this', hint: 'Leave it out.' }
      : null,
});

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

const row = (prompt: unknown, more: object = {}) => ({ prompt, model: 'a/1', ...more });

/** Runs rows to their end. */
async function ended(
  rows: string | readonly object[],
  options: Partial<PrepareOptions> = {},
): Promise<PreparedRun> {
  const run = await readyOn(folder, rows, MODELS, { skipInvalid: true, ...options });
  await execute(run);
  return run;
}

function finishing(run: PreparedRun, findTarget: FindTarget = TARGETS) {
  const { path } = run.folder;
  return prepareFinish({ path, findTarget, clock: systemClock, random: Math.random });
}

async function finish(run: PreparedRun, findTarget?: FindTarget) {
  return await execute(await finishing(run, findTarget), { onlyFinish: true });
}

/** Changes what `run.json` says. */
async function changeState(run: PreparedRun, change: (state: JsonObject) => JsonObject) {
  const state = (await readRunState(run.folder))!;
  await writeRunState(run.folder, change(state) as typeof state);
}

const withoutReading = ({ reading: _, ...state }: JsonObject) => state;

const pairs = (run: PreparedRun) => recordsOf(run.folder.path).map((r) => [r.prompt, r.response]);

describe('finishing', () => {
  it('leaves out the rows that were refused, so that each answer is beside its own prompt', async () => {
    const run = await ended([row('a'), row('no'), row('c')], { findTarget: refusing });
    const [before, failed] = [pairs(run), linesOf(run.folder.failed)];
    expect(before).toEqual([
      ['a', 're: a'],
      ['c', 're: c'],
    ]);
    for (const change of [(state: JsonObject) => state, withoutReading]) {
      await changeState(run, change);
      rmSync(run.folder.completed);
      expect(await finish(run, refusing)).toMatchObject({ state: 'finished', answered: 2 });
      expect(pairs(run)).toEqual(before);
      expect(linesOf(run.folder.failed)).toEqual(failed);
    }
  });

  it('refuses where a name is gone whose model refused rows, and overwrites nothing', async () => {
    const run = await ended([row('a'), row('no'), row('c')], { findTarget: refusing });
    const before = readFileSync(run.folder.completed, 'utf8');
    await expect(finishing(run, GONE)).rejects.toMatchObject({ code: 'unknown_model' });
    expect(readFileSync(run.folder.completed, 'utf8')).toBe(before);
    await (await finishing(run, refusing)).lock.release();
  });

  it.each([true, false])(
    'reads samples as they were asked when the name is gone (several choices: %s)',
    async (severalChoices) => {
      const targets = fakeTargets({ models: MODELS, severalChoices });
      const rows = [row('a', { parameters: { n: 2 } }), row(['b', 'c']), row('d')];
      const run = await ended(rows, { findTarget: targets });
      const before = readFileSync(run.folder.completed, 'utf8');
      rmSync(run.folder.completed);
      expect(await finish(run, GONE)).toMatchObject({ state: 'finished', answered: 3 });
      expect(readFileSync(run.folder.completed, 'utf8')).toBe(before);
    },
  );

  it('reads samples as they were asked when the name means another model now', async () => {
    const run = await ended([row('a', { parameters: { n: 2 } })]);
    const other = fakeTargets({ aliases: { 'a/1': 'b/2' }, severalChoices: false });
    expect(await finish(run, other)).toMatchObject({ state: 'finished', answered: 1 });
  });

  it('refuses a run of an earlier version whose model is gone, and overwrites nothing', async () => {
    const run = await ended([row('a', { parameters: { n: 2 } })]);
    await changeState(run, withoutReading);
    const before = readFileSync(run.folder.completed, 'utf8');
    await expect(finishing(run, GONE)).rejects.toMatchObject({ code: 'unknown_model' });
    expect(readFileSync(run.folder.completed, 'utf8')).toBe(before);
  });

  it('lists a malformed line behind the last row, and none behind the limit', async () => {
    const input = `${JSON.stringify(row('a'))}\n{bad\n${JSON.stringify(row('c'))}\n{worse\n`;
    for (const limit of [undefined, 2, 3]) {
      const run = await ended(input, { limit, fresh: true });
      const failed = linesOf(run.folder.failed);
      expect(failed).toHaveLength(limit === undefined ? 2 : 1);
      rmSync(run.folder.failed);
      await finish(run);
      expect(linesOf(run.folder.failed)).toEqual(failed);
    }
  });

  it('finds the rows of a run of an earlier version, limited or not, and refuses to guess them', async () => {
    const input = `${JSON.stringify(row('a'))}\n${JSON.stringify(row('b'))}\n{bad\n${JSON.stringify(row('c'))}\n`;
    for (const limit of [undefined, 2]) {
      const run = await ended(input, { limit, fresh: true });
      await changeState(run, withoutReading);
      const before = pairs(run);
      expect(await finish(run)).toMatchObject({ state: 'finished' });
      expect(pairs(run)).toEqual(before);
    }
    const run = await ended(`{bad\n${input}`, { limit: 3, fresh: true });
    await changeState(run, withoutReading);
    await expect(finishing(run)).rejects.toMatchObject({ code: 'run_changed' });
  });

  it('gives a run without an id one, which its journal can be read with', async () => {
    const run = await ended([row('a')]);
    const lines = linesOf(run.folder.journal).filter((line) => JSON.parse(line).type !== 'run');
    for (const id of [undefined, '']) {
      writeFileSync(run.folder.journal, `${lines.join('\n')}\n`);
      await changeState(run, ({ id: _, ...state }) => ({ ...state, ...(id === '' && { id }) }));
      expect(await finish(run)).toMatchObject({ answered: 1 });
      expect(await finish(run)).not.toHaveProperty('damagedLines');
      const state = await readRunState(run.folder);
      expect(state!.id).toMatch(/^[0-9a-f]{32}$/);
    }
  });
});
