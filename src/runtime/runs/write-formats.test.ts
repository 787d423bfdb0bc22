import { existsSync, mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type SampleEngine, sampleEngine } from '../../../test/support/sample-engine.ts';
import { referenceOf, startedSim } from '../../../test/support/started-sim.ts';
import { RunLock } from '../../store/index.ts';
import { prepareFinish } from '../actions/prepare-finish.ts';
import { prepareRun } from '../actions/prepare-run.ts';
import type { ReadyRun } from './ready-run.ts';
import type { RunRequest } from './run-input.ts';

async function readyIn(engine: SampleEngine, changes: Partial<RunRequest>): Promise<ReadyRun> {
  const sim = await startedSim();
  const file = engine.write('e.jsonl', [{ prompt: 'a', model: referenceOf(sim) }]);
  const run = await prepareRun(engine.context, engine.run(file, changes));
  if ('finished' in run) throw new Error('the run is finished');
  return run;
}

test('a form that cannot be written is told with the outcome, and the others are written', async () => {
  const engine = sampleEngine();
  const run = await readyIn(engine, { formats: ['csv', 'cookbook'] });
  const inTheWay = join(run.folder, 'completed.csv');
  mkdirSync(inTheWay);
  const outcome = await run.execute();
  expect(outcome).toMatchObject({ state: 'finished', answered: 1 });
  expect(outcome.unwritten).toEqual([expect.stringContaining('could not be written as csv: ')]);
  expect(existsSync(join(run.folder, 'completed.cookbook.jsonl'))).toBe(true);
  const file = join(engine.folder, 'e.jsonl');
  const again = await prepareRun(engine.context, engine.run(file, { formats: ['csv'] }));
  expect(again).toMatchObject({ finished: true, unwritten: [expect.stringContaining('csv')] });
  rmdirSync(inTheWay);
  const then = await prepareRun(engine.context, engine.run(file, { formats: ['csv'] }));
  expect(then).not.toHaveProperty('unwritten');
});

test('forms are written while the lock of the run is held', async () => {
  const engine = sampleEngine();
  const run = await readyIn(engine, { formats: ['csv'] });
  const before: boolean[] = [];
  const release = vi.spyOn(RunLock.prototype, 'release').mockImplementation(async () => {
    before.push(existsSync(join(run.folder, 'completed.csv')));
  });
  await run.execute().finally(() => release.mockRestore());
  expect(before).toEqual([true]);
});

test('forms of an earlier end are not left beside newer results, and told; finishing writes those asked for', async () => {
  const engine = sampleEngine();
  const run = await readyIn(engine, { formats: ['csv', 'openai-batch'] });
  expect(await run.execute()).not.toHaveProperty('removed');
  const csv = join(run.folder, 'completed.csv');
  const before = readFileSync(csv, 'utf8');
  const finish = await prepareFinish(engine.context, { folder: run.folder, formats: ['csv'] });
  const outcome = await finish.execute();
  expect(outcome.removed).toEqual(['completed.openai-batch.jsonl']);
  expect(readFileSync(csv, 'utf8')).toBe(before);
  expect(existsSync(join(run.folder, 'completed.openai-batch.jsonl'))).toBe(false);
});
