import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleEngine } from '../../../test/support/sample-engine.ts';
import { planRun } from './plan-run.ts';
import { prepareRun } from './prepare-run.ts';

const MODEL = 'http://127.0.0.1:9/v1#m';

test('sums rows, calls and tokens lane by lane and writes nothing', async () => {
  const engine = sampleEngine('run: {concurrency: 7}');
  const file = engine.write('e.jsonl', [
    { prompt: 'x'.repeat(400), model: MODEL },
    { prompt: 'x'.repeat(400), model: MODEL, parameters: { n: 3 } },
    { prompt: ['x'.repeat(400), 'x'.repeat(400)], model: 'sim/careful', parameters: { n: 2 } },
  ]);
  const plan = await planRun(engine.context, engine.run(file, { requestsPerMinute: 60 }));
  expect(plan).toMatchObject({
    rows: 3,
    calls: 8,
    lanes: [
      { name: 'http://127.0.0.1:9/v1#m', rows: 2, calls: 4, estimatedInputTokens: 4 * 104 },
      // The second turn sends the first one again.
      { name: 'sim/careful', rows: 1, calls: 4, estimatedInputTokens: 2 * 3 * 104 },
    ],
  });
  expect(plan.lanes[0]!.limits).toMatchObject([{ requestsPerMinute: 60, concurrency: 7 }]);
  expect(existsSync(join(engine.folder, 'out'))).toBe(false);
});

test('refuses what a run would refuse, in the same words', async () => {
  const engine = sampleEngine();
  const file = engine.write('e.jsonl', '[]\n'.repeat(30));
  const plan = (skipInvalid: boolean) => planRun(engine.context, engine.run(file, { skipInvalid }));
  await expect(plan(false)).rejects.toMatchObject({
    code: 'bad_input',
    message: expect.stringMatching(/:1: .*… and 10 more$/s),
  });
  await expect(plan(true)).rejects.toMatchObject({ code: 'bad_input' });
  const unknown = engine.write('u.jsonl', [{ prompt: 'a', model: 'nobody/x' }]);
  const refused = planRun(engine.context, engine.run(unknown));
  await expect(refused).rejects.toMatchObject({ code: 'unknown_model' });
});

test('leaves malformed lines out where a run would', async () => {
  const engine = sampleEngine();
  const file = engine.write('e.jsonl', `[]\n{"prompt":"a","model":"${MODEL}"}\n`);
  const plan = await planRun(engine.context, engine.run(file, { skipInvalid: true }));
  expect([plan.rows, plan.calls]).toEqual([1, 1]);
});

test('plans what is in the folder of a run', async () => {
  const engine = sampleEngine();
  const file = engine.write('e.jsonl', [{ prompt: 'a', model: MODEL }]);
  const run = await prepareRun(engine.context, engine.run(file));
  if ('finished' in run) throw new Error('the run is finished');
  await run.discard();
  const plan = await planRun(engine.context, { file: run.folder });
  expect([plan.rows, plan.calls]).toEqual([1, 1]);
  const none = planRun(engine.context, { file: engine.folder });
  await expect(none).rejects.toMatchObject({ code: 'bad_usage' });
});
