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

test('says the least and the likely cost, as far as prices are known', async () => {
  const engine = sampleEngine(
    'endpoints: {box: {baseUrl: "http://127.0.0.1:9/v1", price: {input: 1000000, output: 1000000}}}',
  );
  const file = engine.write('e.jsonl', [
    { prompt: 'x'.repeat(400), model: 'box/m' },
    { prompt: 'x'.repeat(400), model: 'box/m', parameters: { n: 2, max_tokens: 10 } },
    { prompt: 'x', model: MODEL },
    {
      prompt: ['x'.repeat(400), 'x'.repeat(400)],
      model: 'box/turns',
      parameters: { max_tokens: 7 },
    },
  ]);
  const plan = await planRun(engine.context, engine.run(file));
  const costs = plan.lanes.map(({ leastCostUsd, likelyCostUsd }) => [leastCostUsd, likelyCostUsd]);
  // A dollar a token: 256 tokens are likely, or what is allowed. Each choice is a request here, and a second turn sends
  // the first answer again.
  expect(costs).toEqual([
    [312, 312 + 256 + 20],
    [null, null],
    [3 * 104, 3 * 104 + 7 + 14],
  ]);
  expect(plan).toMatchObject({
    ...{ leastCostUsd: 624, likelyCostUsd: 921, lanesOfUnknownPrice: 1, shortestTime: null },
  });
});

test('says how long limits make it take at least, shared ones with all their lanes', async () => {
  const engine = sampleEngine();
  const rows = Array.from({ length: 5 }, () => ({ prompt: 'x'.repeat(400) }));
  const file = engine.write('e.jsonl', rows);
  const models = [MODEL, `${MODEL}2`];
  const timeOf = async (changes: object) =>
    (await planRun(engine.context, engine.run(file, { models, ...changes }))).shortestTime;
  expect(await timeOf({ requestsPerMinute: 4 })).toEqual({ shortestMs: 60_000, limitedBy: MODEL });
  expect(await timeOf({ requestsPerMinute: 4, totalRequestsPerMinute: 6 })).toEqual({
    ...{ shortestMs: 90_000, limitedBy: 'total · all lanes' },
  });
  expect(await timeOf({ tokensPerMinute: 104 })).toMatchObject({ shortestMs: 300_000 });
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

test('tells of models that no row is asked of', async () => {
  const engine = sampleEngine();
  const noticesOf = async (rows: readonly object[]) => {
    const file = engine.write('e.jsonl', rows);
    const models = [`${MODEL}2`];
    return (await planRun(engine.context, engine.run(file, { models }))).notices;
  };
  const named = { prompt: 'a', model: MODEL };
  expect(await noticesOf([named])).toMatchObject([{ kind: 'models_unused' }]);
  expect(await noticesOf([named, { prompt: 'a' }])).toEqual([]);
});

test('leaves malformed lines out where a run would', async () => {
  const engine = sampleEngine();
  const file = engine.write('e.jsonl', `[]\n{"prompt":"a","model":"${MODEL}"}\n`);
  const plan = await planRun(engine.context, engine.run(file, { skipInvalid: true }));
  expect([plan.rows, plan.calls]).toEqual([1, 1]);
});

test('plans what is in the folder of a run', async () => {
  const engine = sampleEngine();
  const rows = ['a', 'b'].map((prompt) => ({ prompt, model: MODEL }));
  const file = engine.write('e.jsonl', rows);
  const run = await prepareRun(engine.context, engine.run(file, { limit: 1 }));
  if ('finished' in run) throw new Error('the run is finished');
  await run.discard();
  const plan = await planRun(engine.context, { file: run.folder });
  expect([plan.rows, plan.calls]).toEqual([1, 1]);
  const none = planRun(engine.context, { file: engine.folder });
  await expect(none).rejects.toMatchObject({ code: 'bad_usage' });
});

test('says what is asked for other words before, and of judges afterwards', async () => {
  const engine = sampleEngine(
    'endpoints: {box: {baseUrl: "http://127.0.0.1:9/v1", price: {input: 1000000, output: 1000000}}}',
  );
  const context = { ...engine.context, workingFolder: engine.folder };
  engine.write('template.txt', 'Is {OUTPUT_RESPONSE} right?');
  const rows = ['a', 'b'].map((prompt) => ({ prompt, model: MODEL }));
  const file = engine.write('e.jsonl', rows);
  const planned = (changes: object) => planRun(context, engine.run(file, changes));
  const none = await planned({});
  expect(none).not.toHaveProperty('rephrasing');
  expect(none).not.toHaveProperty('judging');
  const rephrasing = { models: ['box/m', MODEL], translate: ['fr'], via: ['de'] };
  const plan = await planned({ rephrasing, judging: { judges: ['box/a', 'box/b', MODEL] } });
  // Of two models and two prompts, one call there, and two there and back.
  expect(plan).toMatchObject({
    ...{ rows: 2, calls: 2, judging: { calls: 6 } },
    rephrasing: { calls: 12, keepsOriginals: true },
  });
  expect(plan.rephrasing!.likelyCostUsd).toBeGreaterThan(plan.rephrasing!.leastCostUsd!);
  const removed = await planned({ rephrasing: { ...rephrasing, removeOriginal: true } });
  expect(removed.rephrasing).toMatchObject({ keepsOriginals: false });
  const wrong = planned({ judging: { judges: ['nobody/x'] } });
  await expect(wrong).rejects.toMatchObject({ code: 'bad_input' });
});
