import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { countAttacks } from '../../../test/support/attack-counts.ts';
import { recordsOf } from '../../../test/support/run-results.ts';
import { type SampleEngine, sampleEngine } from '../../../test/support/sample-engine.ts';
import { referenceOf, startedSim } from '../../../test/support/started-sim.ts';
import { prepareFinish } from '../actions/prepare-finish.ts';
import { prepareRun } from '../actions/prepare-run.ts';
import type { ForeignRun } from '../environment/notice.ts';
import { KnownRuns } from './known-runs.ts';
import type { ReadyRun } from './ready-run.ts';
import type { RunRequest } from './run-input.ts';

const places = countAttacks('runs: inputs and their folders');
const foreign = countAttacks('runs: taken over from elsewhere');

async function ready(engine: SampleEngine, request: RunRequest): Promise<ReadyRun> {
  const run = await prepareRun(engine.context, request);
  if ('finished' in run) throw new Error('the run is finished');
  return run;
}

function execute(run: ReadyRun, drain = new AbortController().signal) {
  return run.execute({ drain, signal: new AbortController().signal, onStart: () => {} });
}

/** Begins a run on one machine and forgets there that it was begun, as on another. */
async function runOfAnother(engine: SampleEngine) {
  const sim = await startedSim({ latency: { kind: 'fixed', ms: 100 } });
  const rows = [1, 2, 3].map((id) => ({ id, prompt: `${id}`, model: referenceOf(sim) }));
  const file = engine.write('e.jsonl', rows);
  const drain = new AbortController();
  const run = await ready(engine, engine.run(file, { concurrency: 1 }));
  const going = execute(run, drain.signal);
  while (sim.counts.answered === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  drain.abort();
  const { answered } = await going;
  rmSync(join(engine.folder, 'home', 'runs.jsonl'));
  return { sim, file, folder: run.folder, answered };
}

test('a run that was not begun here is told, and its answers are counted apart', async () => {
  await foreign.attack('told where nobody can be asked', async () => {
    const engine = sampleEngine();
    const { file, answered } = await runOfAnother(engine);
    const run = await ready(engine, engine.run(file));
    expect(run.notices).toMatchObject([{ kind: 'foreign_run', run: { answers: answered } }]);
    expect(await execute(run)).toMatchObject({ state: 'finished', takenOver: answered });
    const again = await prepareRun(engine.context, engine.run(file));
    expect(again).toMatchObject({ finished: true, notices: [] });
  });
});

test('it is asked about on a terminal, and refused where only known runs go on', async () => {
  const engine = sampleEngine();
  const { sim, file, folder, answered } = await runOfAnother(engine);
  const before = sim.counts.requests;
  await foreign.attack('refused with resume: known', async () => {
    const refused = prepareRun(engine.context, engine.run(file, { resume: 'known' }));
    await expect(refused).rejects.toMatchObject({ code: 'run_unknown' });
  });
  const asked: ForeignRun[] = [];
  const asking = (answer: boolean) => ({
    ...engine,
    context: {
      ...engine.context,
      agreeToRun: async (run: ForeignRun) => {
        asked.push(run);
        return answer;
      },
    },
  });
  await foreign.attack('refused by who was asked', async () => {
    await expect(prepareRun(asking(false).context, engine.run(file))).rejects.toMatchObject({
      code: 'run_unknown',
    });
  });
  expect(sim.counts.requests).toBe(before);
  await foreign.attack('agreed to', async () => {
    const run = await ready(asking(true), engine.run(file));
    expect(run.notices).toEqual([]);
    await run.discard();
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatchObject({ folder, answers: answered, beganAt: expect.any(String) });
    await (await ready(asking(false), engine.run(file))).discard();
    expect(asked).toHaveLength(2);
  });
});

test("with a home that cannot be written, one's own run goes on, also where only known ones do", async () => {
  await foreign.attack('a list that cannot be kept', async () => {
    const engine = sampleEngine();
    const { file, answered } = await runOfAnother(engine);
    symlinkSync(join(engine.folder, 'absent', 'x'), join(engine.folder, 'home', 'runs.jsonl'));
    const run = await ready(engine, engine.run(file, { resume: 'known' }));
    expect(run).toMatchObject({ resumed: true, notices: [{ kind: 'runs_not_kept' }] });
    const summary = await execute(run);
    expect([summary.state, summary.takenOver]).toEqual(['finished', undefined]);
    expect(answered).toBeGreaterThan(0);
    const finished = await prepareRun(engine.context, engine.run(file, { resume: 'known' }));
    expect(finished).toMatchObject({ finished: true, notices: [] });
  });
});

test('an agreement that cannot be kept is told', async () => {
  const engine = sampleEngine();
  const { file } = await runOfAnother(engine);
  vi.spyOn(KnownRuns.prototype, 'keep').mockResolvedValue(false);
  onTestFinished(() => void vi.restoreAllMocks());
  const asking = { ...engine, context: { ...engine.context, agreeToRun: async () => true } };
  const run = await ready(asking, engine.run(file));
  expect(run.notices).toEqual([{ kind: 'runs_not_kept' }]);
  await run.discard();
});

test('a copy of a known run in a clone is not known, a moved project is', async () => {
  const engine = sampleEngine();
  const { file } = await runOfAnother(engine);
  await (await ready(engine, engine.run(file))).discard();
  await foreign.attack('a clone', async () => {
    const clone = join(engine.folder, 'clone');
    mkdirSync(clone);
    cpSync(join(engine.folder, 'out'), join(clone, 'out'), { recursive: true });
    cpSync(file, join(clone, 'e.jsonl'));
    const run = await ready(engine, { file: join(clone, 'e.jsonl'), out: join(clone, 'out') });
    expect(run).toMatchObject({ resumed: true, notices: [{ kind: 'foreign_run' }] });
    await run.discard();
    rmSync(clone, { recursive: true });
  });
  await foreign.attack('a moved project', async () => {
    const moved = join(engine.folder, 'moved');
    mkdirSync(moved);
    renameSync(join(engine.folder, 'out'), join(moved, 'out'));
    renameSync(file, join(moved, 'e.jsonl'));
    const run = await ready(engine, { file: join(moved, 'e.jsonl'), out: join(moved, 'out') });
    expect(run).toMatchObject({ resumed: true, notices: [] });
    await run.discard();
  });
});

const MODEL = 'http://127.0.0.1:9/v1#m';
const INPUTS = [
  ['a/prompts.jsonl', 'b/prompts.jsonl', 'c/d/prompts.jsonl', 'prompts.csv.jsonl'],
  ['实验一.jsonl', '实验二.jsonl', 'тест.jsonl', 'δοκιμή.jsonl', '🦜.jsonl', '🦊.jsonl'],
  ['my exp.jsonl', 'my-exp.jsonl', 'my_exp.jsonl', 'my  exp.jsonl', 'my*exp.jsonl'],
  ['x.jsonl', 'x-2.jsonl', 'sub/x.jsonl', 'sub/x-2.jsonl', 'x-3.jsonl'],
  ['con.jsonl', 'CON.jsonl', 'nul.x.jsonl', '..jsonl', '.hidden.jsonl', 'name:x.jsonl'],
];

test.each(INPUTS)(
  'inputs %s and others have folders of their own, and each goes on in its own',
  async (...names) => {
    const engine = sampleEngine();
    const folders = new Map<string, string>();
    for (const [number, name] of names.entries()) {
      mkdirSync(dirname(join(engine.folder, name)), { recursive: true });
      engine.write(name, [{ prompt: `same for all but ${number % 2}`, model: MODEL }]);
      const run = await ready(engine, engine.run(join(engine.folder, name)));
      expect(run.resumed).toBe(false);
      await run.discard();
      folders.set(name, run.folder);
    }
    expect(new Set([...folders.values()].map(dirname)).size).toBe(names.length);
    for (const name of names) {
      await places.attack(name, async () => {
        const run = await ready(engine, engine.run(join(engine.folder, name)));
        expect([run.resumed, run.folder]).toEqual([true, folders.get(name)]);
        await run.discard();
        writeFileSync(
          join(engine.folder, name),
          `${JSON.stringify({ prompt: 'new', model: MODEL })}\n`,
        );
        await expect(
          prepareRun(engine.context, engine.run(join(engine.folder, name))),
        ).rejects.toMatchObject({
          code: 'run_changed',
          message: expect.stringContaining('line 1 is the first that differs'),
        });
      });
    }
  },
);

test('a run can be read at any time: its folder is finished without sending anything', async () => {
  const engine = sampleEngine();
  const { sim, folder, answered } = await runOfAnother(engine);
  rmSync(join(folder, 'completed.jsonl'));
  const before = sim.counts.requests;
  const finish = await prepareFinish(engine.context, { folder });
  const { signal } = new AbortController();
  expect(await finish.execute({ drain: signal, signal, onStart: () => {} })).toMatchObject({
    state: 'unfinished',
    answered,
  });
  expect(sim.counts.requests).toBe(before);
  const records = recordsOf(folder);
  expect(
    records.map(({ answer }) => answer.error?.code ?? 'ok').filter((code) => code === 'ok'),
  ).toHaveLength(answered);
  expect(records).toHaveLength(3);
  expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')).state).toBe('unfinished');
  await places.attack('a folder that holds no run', async () => {
    await expect(prepareFinish(engine.context, { folder: engine.folder })).rejects.toMatchObject({
      code: 'bad_usage',
    });
  });
});

test('results of a run that was not begun here are written once it is told, asked about or known', async () => {
  const engine = sampleEngine();
  const { folder, answered } = await runOfAnother(engine);
  const asking = (agreeToRun: () => Promise<boolean>) => ({ ...engine.context, agreeToRun });
  rmSync(join(folder, 'completed.jsonl'));
  await foreign.attack('finished with resume: known', async () => {
    const refused = prepareFinish(engine.context, { folder, resume: 'known' });
    await expect(refused).rejects.toMatchObject({ code: 'run_unknown' });
  });
  await foreign.attack('finishing refused by who was asked', async () => {
    const refused = prepareFinish(
      asking(async () => false),
      { folder },
    );
    await expect(refused).rejects.toMatchObject({ code: 'run_unknown' });
  });
  expect(existsSync(join(folder, 'completed.jsonl'))).toBe(false);
  await foreign.attack('finished and told', async () => {
    const run = await prepareFinish(engine.context, { folder });
    expect(run.notices).toMatchObject([{ kind: 'foreign_run', run: { answers: answered } }]);
    expect(await execute(run)).toMatchObject({ state: 'unfinished', takenOver: answered });
  });
  const again = await prepareFinish(engine.context, { folder, resume: 'known' });
  expect(again.notices).toEqual([]);
  await again.discard();
});

test.each([true, false])(
  'a finished run that was not begun here is told once (with an id: %s)',
  async (hasId) => {
    const engine = sampleEngine();
    const { file, folder } = await runOfAnother(engine);
    await execute(await ready(engine, engine.run(file)));
    rmSync(join(engine.folder, 'home', 'runs.jsonl'));
    if (!hasId) {
      const path = join(folder, 'run.json');
      const { id: _, ...state } = JSON.parse(readFileSync(path, 'utf8'));
      writeFileSync(path, JSON.stringify(state));
      const journal = join(folder, 'journal.jsonl');
      const lines = readFileSync(journal, 'utf8').split('\n');
      writeFileSync(journal, lines.filter((line) => !line.includes('"type":"run"')).join('\n'));
    }
    await expect(
      prepareRun(engine.context, engine.run(file, { resume: 'known' })),
    ).rejects.toMatchObject({ code: 'run_unknown' });
    const told = await prepareRun(engine.context, engine.run(file));
    expect(told).toMatchObject({ finished: true, notices: [{ kind: 'foreign_run' }] });
    const again = await prepareRun(engine.context, engine.run(file, { resume: 'known' }));
    expect(again).toMatchObject({ finished: true, notices: [] });
    renameSync(join(engine.folder, 'out'), join(engine.folder, 'elsewhere'));
    const moved = engine.run(file, { out: join(engine.folder, 'elsewhere') });
    const elsewhere = await prepareRun(engine.context, moved);
    expect(elsewhere.notices).toMatchObject(hasId ? [] : [{ kind: 'foreign_run' }]);
  },
);
