import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeTargets, prepareIn, readyIn } from '../../test/support/fake-lanes.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { systemClock } from '../core/system-clock.ts';
import {
  type RunFolder,
  RunLock,
  type RunState,
  readRunState,
  writeRunState,
} from '../store/index.ts';
import type { PreparedRun } from './prepared-run.ts';

const ROWS = [1, 2, 3].map((number) => ({ prompt: `${number}`, model: 'a/1' }));

let folder = '';

beforeEach(() => {
  folder = temporaryFolder();
});

/** What is left in the experiment's folder besides runs. */
function leftOver(): string[] {
  const path = join(folder, 'out');
  const inside = existsSync(path) ? readdirSync(path) : [];
  const beside = readdirSync(folder).filter((name) => name !== 'out' && name !== 'e.jsonl');
  return [...beside, ...inside.filter((name) => !/^\d{4}-/.test(name))];
}

function runNames(): string[] {
  const path = join(folder, 'out');
  return (existsSync(path) ? readdirSync(path) : []).filter((name) => /^\d{4}-/.test(name));
}

function stateOf(run: RunFolder): Promise<RunState> {
  return readRunState(run) as Promise<RunState>;
}

/** Ends a run as a process does that has come to its end. */
async function end(run: PreparedRun, state: RunState['state'], totals = {}): Promise<void> {
  await writeRunState(run.folder, { ...run.facts, state, totals });
  await run.lock.release();
}

describe('a new run', () => {
  it('has a folder of its own with the input byte for byte, locked, running', async () => {
    const input = `\uFEFF${JSON.stringify(ROWS[0])}\r\n\n`;
    const run = await readyIn(folder, input, { facts: { tutti: 'x' } });
    expect(run.resumed).toBe(false);
    expect(readFileSync(run.folder.input, 'utf8')).toBe(input);
    expect(existsSync(run.folder.lock)).toBe(true);
    expect(await stateOf(run.folder)).toMatchObject({
      tutti: 'x',
      state: 'running',
      settings: { rows: 1, models: { 'a/1': 'a/1' } },
      limits: { 'a/1': { concurrency: 8 } },
    });
    expect(leftOver()).toEqual([]);
    await run.lock.release();
  });

  it('follows a finished one of another input, and any one with --new', async () => {
    await end(await readyIn(folder, ROWS), 'finished');
    const other = await readyIn(folder, ROWS.slice(1));
    expect(other.resumed).toBe(false);
    await end(other, 'unfinished');
    await end(await readyIn(folder, ROWS.slice(1), { fresh: true }), 'unfinished');
    expect(runNames()).toHaveLength(3);
  });
});

describe('a run that was begun', () => {
  it('goes on when input and settings are the same', async () => {
    const first = await readyIn(folder, ROWS);
    await end(first, 'unfinished');
    const again = await readyIn(folder, ROWS);
    expect([again.resumed, again.folder.path]).toEqual([true, first.folder.path]);
    expect(leftOver()).toEqual([]);
    await end(again, 'running');
    const third = await readyIn(folder, ROWS);
    expect(third.resumed).toBe(true);
    await third.lock.release();
  });

  it('is only named when it is finished', async () => {
    const first = await readyIn(folder, ROWS);
    await end(first, 'finished', { failed: 2 });
    writeFileSync(first.folder.completed, '');
    const again = await prepareIn(folder, ROWS);
    expect(again).toMatchObject({
      finished: { folder: { path: first.folder.path }, state: { totals: { failed: 2 } } },
    });
    expect(leftOver()).toEqual([]);
    expect(existsSync(first.folder.lock)).toBe(false);
  });

  it('goes on although a newer one of another input is finished', async () => {
    const first = await readyIn(folder, ROWS);
    await end(first, 'unfinished');
    await end(await readyIn(folder, ROWS.slice(1), { fresh: true }), 'finished');
    const again = await readyIn(folder, ROWS);
    expect(again.folder.path).toBe(first.folder.path);
    await again.lock.release();
  });

  it('does not go on when its input has changed, and says so', async () => {
    await end(await readyIn(folder, ROWS), 'unfinished');
    await expect(prepareIn(folder, ROWS.slice(1))).rejects.toMatchObject({
      code: 'run_changed',
      message: expect.stringContaining('its input has changed'),
      hint: expect.stringContaining('--new'),
    });
    expect([runNames().length, leftOver()]).toEqual([1, []]);
  });

  it('does not go on when --limit leaves other rows, and says so', async () => {
    await end(await readyIn(folder, ROWS), 'unfinished');
    await expect(prepareIn(folder, ROWS, { limit: 2 })).rejects.toMatchObject({
      code: 'run_changed',
      message: expect.stringMatching(/it had 3 rows and would have 2 \(--limit\)/),
    });
  });

  it('goes on when --limit or --skip-invalid changes nothing', async () => {
    await end(await readyIn(folder, ROWS), 'unfinished');
    const again = await readyIn(folder, ROWS, { limit: 100, skipInvalid: true });
    expect(again.resumed).toBe(true);
    await again.lock.release();
  });

  it('does not go on when an alias stands for another model, also one that shares a lane', async () => {
    const rows = ['x', 'a/1', 'a/2'].map((model) => ({ prompt: 'a', model }));
    const means = (x: string) => ({ findTarget: fakeTargets({ aliases: { x } }) });
    await end(await readyIn(folder, rows, means('a/1')), 'unfinished');
    await expect(prepareIn(folder, rows, means('a/2'))).rejects.toMatchObject({
      code: 'run_changed',
      message: expect.stringContaining('x stood for a/1 and stands for a/2'),
    });
  });

  it('goes on although limits have changed, and notes the new ones', async () => {
    await end(await readyIn(folder, ROWS), 'unfinished');
    const limiters = [{ name: 'all', limits: { requestsPerMinute: 60 } }];
    const again = await readyIn(folder, ROWS, { findTarget: fakeTargets({ limiters }) });
    expect(again.facts.limits).toEqual({ all: { rpm: 60 } });
    await again.lock.release();
  });

  it('is refused while somebody else works on it', async () => {
    const first = await readyIn(folder, ROWS);
    await expect(prepareIn(folder, ROWS)).rejects.toMatchObject({ code: 'run_locked' });
    expect(leftOver()).toEqual([]);
    await first.lock.release();
  });
});

describe('an experiment with mistakes', () => {
  const bad = `{"prompt":1,"model":"a/1"}\n${JSON.stringify(ROWS[0])}\n[]\n`;

  it('is refused with every one of them, and leaves nothing behind', async () => {
    await expect(prepareIn(folder, bad)).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringMatching(/e\.jsonl:1:2: .*\ne\.jsonl:3: /),
      hint: expect.stringContaining('--skip-invalid'),
    });
    expect([runNames(), leftOver()]).toEqual([[], []]);
  });

  it('runs without its malformed lines when that is wanted', async () => {
    const run = await readyIn(folder, bad, { skipInvalid: true });
    expect([run.pass.table.rowCount, run.pass.lineProblems.errors]).toEqual([1, 2]);
    await end(run, 'unfinished');
    const again = await readyIn(folder, bad, { skipInvalid: true });
    expect(again.resumed).toBe(true);
    await again.lock.release();
  });

  it('is refused all the same when no row is left', async () => {
    for (const input of ['{"prompt":1}\n', '']) {
      const refused = prepareIn(folder, input, { skipInvalid: true });
      await expect(refused).rejects.toMatchObject({ code: 'bad_input' });
      await expect(refused).rejects.not.toMatchObject({
        hint: expect.stringContaining('--skip-invalid'),
      });
    }
  });

  it('is refused for models that cannot be used, whatever is skipped, in the order of lines', async () => {
    const rows = ['bad/1', 'a/1', 'bad/2'].map((model) => ({ prompt: 'a', model }));
    const findTarget = fakeTargets({ unknown: ['bad/1', 'bad/2'] });
    const refused = prepareIn(folder, rows, { findTarget, skipInvalid: true });
    await expect(refused).rejects.toMatchObject({
      code: 'unknown_model',
      message: expect.stringMatching(/^e\.jsonl:1: bad\/1.*\ne\.jsonl:3: bad\/2/),
    });
    const mixed = [JSON.stringify(rows[0]), '[]', JSON.stringify(rows[2])].join('\n');
    await expect(prepareIn(folder, mixed, { findTarget })).rejects.toMatchObject({
      message: expect.stringMatching(/:1: [^\n]*\n[^\n]*:2: [^\n]*\n[^\n]*:3: /),
    });
  });

  it('shows twenty of them and counts all the others', async () => {
    const input = '[]\n'.repeat(12_345);
    const error: Error = await prepareIn(folder, input).catch((reason) => reason);
    const lines = error.message.split('\n');
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('… and 12325 more');
  });
});

describe('what goes wrong on the way', () => {
  it('leaves no copy of the input and no lock of the choice', async () => {
    const failing = () => {
      throw new Error('defect');
    };
    await expect(prepareIn(folder, ROWS, { findTarget: failing })).rejects.toThrow('defect');
    await expect(prepareIn(folder, ROWS, { input: join(folder, 'none') })).rejects.toMatchObject({
      code: 'file_missing',
    });
    expect(leftOver()).toEqual([]);
  });

  it('frees the lock of a run that could not begin', async () => {
    const clock = { ...systemClock, wallMs: () => 0 };
    // Where the new run would put its input there is something that no file can replace.
    mkdirSync(join(folder, 'out'), { recursive: true });
    const path = join(folder, 'out', '1970-01-01T00-00-00Z');
    const blocked = {
      ...clock,
      wallMs: () => {
        if (existsSync(path)) mkdirSync(join(path, 'input.jsonl'), { recursive: true });
        return 0;
      },
    };
    await expect(prepareIn(folder, ROWS, { clock: blocked })).rejects.toMatchObject({
      code: 'file_unwritable',
    });
    expect(readdirSync(path)).toEqual(['input.jsonl']);
    expect(leftOver()).toEqual([]);
    await (await readyIn(folder, ROWS)).lock.release();
  });

  it('is a damaged run.json, which is told and not passed over', async () => {
    const run = await readyIn(folder, ROWS);
    await run.lock.release();
    writeFileSync(run.folder.state, '{');
    await expect(prepareIn(folder, ROWS)).rejects.toMatchObject({ code: 'file_unreadable' });
    const fresh = await readyIn(folder, ROWS, { fresh: true });
    expect(fresh.resumed).toBe(false);
    await fresh.lock.release();
  });

  it('is no damaged run.json of an older run: the newer one goes on', async () => {
    const old = await readyIn(folder, ROWS);
    await end(old, 'finished');
    const newer = await readyIn(folder, ROWS, { fresh: true });
    await end(newer, 'unfinished');
    writeFileSync(old.folder.state, '{');
    const again = await readyIn(folder, ROWS);
    expect([again.resumed, again.folder.path]).toEqual([true, newer.folder.path]);
    await again.lock.release();
  });

  it('waits for another process that is choosing, and gives up after a while', async () => {
    const path = join(folder, '.choosing');
    const options = { clock: systemClock, random: Math.random };
    const choosing = await RunLock.acquire(path, options);
    const waiting = readyIn(folder, ROWS);
    setTimeout(() => choosing.release(), 60);
    await (await waiting).lock.release();
  });
});

describe('a run of rows that were filled', () => {
  const prompts = [
    { id: 1, prompt: 'a' },
    { id: 2, prompt: 'b', model: 'a/9' },
  ];

  it('has the filled rows as its input and goes on with the same ones', async () => {
    const filling = { models: ['a/1', 'a/2'], samples: 2 };
    const first = await readyIn(folder, prompts, { filling });
    const parameters = { n: 2 };
    expect(
      readFileSync(first.folder.input, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { id: 1, prompt: 'a', parameters, model: 'a/1' },
      { id: 1, prompt: 'a', parameters, model: 'a/2' },
      { id: 2, prompt: 'b', parameters, model: 'a/9' },
    ]);
    expect(await stateOf(first.folder)).toMatchObject({
      filled: { models: filling.models, samples: 2 },
    });
    await end(first, 'unfinished');
    const again = await readyIn(folder, prompts, { filling });
    expect(again.resumed).toBe(true);
    await end(again, 'unfinished');
  });

  it('does not go on with others, and is told which option has changed', async () => {
    await end(await readyIn(folder, prompts, { filling: { models: ['a/1'] } }), 'unfinished');
    const filling = { models: ['a/1', 'a/2'], system: 'Be brief.' };
    await expect(prepareIn(folder, prompts, { filling })).rejects.toMatchObject({
      code: 'run_changed',
      message: expect.stringMatching(
        /line 1 is the first that differs \(2 lines before, 3 now\); -m was \["a\/1"\] and is \["a\/1","a\/2"\]; --system was not given and is "Be brief."$/,
      ),
    });
  });

  it('is the run of before where options change no row', async () => {
    const full = prompts.map((row) => ({ ...row, model: 'a/1' }));
    const first = await readyIn(folder, full);
    await end(first, 'unfinished');
    const again = await readyIn(folder, full, { filling: { models: ['a/2'] } });
    expect(again.folder.path).toBe(first.folder.path);
    await end(again, 'unfinished');
  });

  it('goes on by its folder with the rows that it had, whatever was left out', async () => {
    const input = `${JSON.stringify(prompts[0])}\nbroken\n${JSON.stringify(prompts[1])}\n{"prompt":"c","model":"a/1"}\n`;
    const filling = { models: ['a/1', 'a/2'] };
    const first = await readyIn(folder, input, { filling, limit: 3, skipInvalid: true });
    expect(first.pass.table.rowCount).toBe(3);
    await end(first, 'unfinished');
    const state = await stateOf(first.folder);
    const again = await readyIn(folder, '', {
      input: first.folder.input,
      only: { folder: first.folder, state },
    });
    expect([again.resumed, again.pass.table.rowCount]).toEqual([true, 3]);
    expect(again.facts).toMatchObject({ filled: { models: filling.models } });
    await again.lock.release();
  });
});
