import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { execute, paidModel, readyOn } from '../../test/support/executed-run.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';

const MODELS = { 'a/1': paidModel() };
const ROWS = [{ prompt: 'a', model: 'a/1' }];
const OTHERS = [{ prompt: 'b', model: 'a/1' }];

interface Work {
  readonly what: string;
  readonly path: string;
  /** True while another process would have to wait to choose. */
  readonly waiting: boolean;
}

/** Work on whole files in a folder. */
const seen = vi.hoisted(() => ({ folder: '', work: [] as Work[] }));

function noted<Rest extends unknown[], Result>(
  what: string,
  does: (path: string, ...rest: Rest) => Result,
) {
  return (path: string, ...rest: Rest): Result => {
    seen.work.push({ what, path, waiting: existsSync(join(seen.folder, '.choosing')) });
    return does(path, ...rest);
  };
}

vi.mock('../store/input-hash.ts', async (original) => {
  const real = await original<typeof import('../store/input-hash.ts')>();
  return { ...real, sha256OfFile: noted('hash', real.sha256OfFile) };
});
vi.mock('../store/journal-reader.ts', async (original) => {
  const real = await original<typeof import('../store/journal-reader.ts')>();
  return { ...real, readJournal: noted('read', real.readJournal) };
});
vi.mock('./input-change.ts', async (original) => {
  const real = await original<typeof import('./input-change.ts')>();
  return { ...real, howInputChanged: noted('compare', real.howInputChanged) };
});

beforeEach(() => {
  seen.folder = temporaryFolder();
  seen.work = [];
});

const begin = (rows: readonly object[]) => readyOn(seen.folder, rows, MODELS);

/** A run that was executed; its own work on its files is not looked at. */
async function executed(rows: readonly object[]) {
  const run = await begin(rows);
  await execute(run);
  seen.work = [];
  return run;
}

const waited = () => seen.work.filter(({ waiting }) => waiting);
const done = () => seen.work.map(({ what, path }) => [what, path]);

test('nobody waits to choose while a whole input is hashed or compared', async () => {
  const first = await begin(ROWS);
  await first.lock.release();
  await (await begin(ROWS)).lock.release();
  await expect(begin(OTHERS)).rejects.toMatchObject({ code: 'run_changed' });
  expect(done()).toEqual([
    ['hash', first.folder.input],
    ['compare', first.folder.input],
  ]);
  expect(waited()).toEqual([]);
});

test('a run that lost its description is found by its input before any journal is read, without holding others up', async () => {
  const { folder: older } = await executed(ROWS);
  const { folder: newer } = await executed(OTHERS);
  for (const { state } of [older, newer]) rmSync(state);
  const again = await begin(ROWS);
  expect([again.resumed, again.folder.path]).toEqual([true, older.path]);
  expect(done()).toEqual([
    ['hash', newer.input],
    ['hash', older.input],
    ['read', older.journal],
    ['hash', older.input],
  ]);
  expect(waited()).toEqual([]);
  await again.lock.release();
});

test('each journal that is left behind is read once, and an empty one is no reason to hash an input', async () => {
  const { folder: left } = await executed(ROWS);
  const { folder: empty } = await executed(OTHERS);
  for (const { state } of [left, empty]) rmSync(state);
  writeFileSync(empty.journal, '');
  const run = await begin([{ prompt: 'c', model: 'a/1' }]);
  expect(run.findings).toEqual([{ kind: 'answers_left', folder: left.path, answers: 1 }]);
  expect(done().filter(([, path]) => path === left.journal)).toHaveLength(1);
  expect(done().filter(([, path]) => path === empty.input)).toEqual([]);
  expect(waited()).toEqual([]);
  await run.lock.release();
});

test('a journal that cannot be read stops a new run before it has a folder', async () => {
  const { folder: left } = await executed(ROWS);
  rmSync(left.state);
  writeFileSync(left.journal, '{"v":99,"type":"answer"}\n');
  await expect(begin(OTHERS)).rejects.toMatchObject({ code: 'newer_format' });
  expect(readdirSync(join(seen.folder, 'out'))).toEqual([left.name]);
  expect(existsSync(join(seen.folder, '.choosing'))).toBe(false);
});
