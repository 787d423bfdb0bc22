import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { killAndCount, savedAttempts } from '../support/kill-and-count.ts';
import { onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { promptOf, referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, tutti } from '../support/tutti-process.ts';

const CALLS = 600;

test('failed rows that are asked again lose nothing to kills, and no good answer is touched', async () => {
  const folder = temporaryFolder();
  const first = await startedSim({ faults: '400=40%', seed: 5 });
  const model = referenceOf(first);
  const rows = Array.from({ length: CALLS }, (_, row) => ({ id: row, model, prompt: `q ${row}` }));
  const file = writeExperiment(folder, 'e.jsonl', rows);
  const out = join(folder, 'o');
  const words = ['run', file, '-o', out, '--quiet', '--stop-after', '0'];
  expect((await tutti(words, { cwd: folder })).code).toBe(1);
  const run = onlyRunOf(out, 'e');
  const before = recordsOf(run);
  const failed = before.filter(({ answer }) => answer.status === 'error');
  expect(failed.length).toBeGreaterThan(CALLS / 4);
  await first.close();

  const latency = { kind: 'uniform', fromMs: 20, toMs: 120 } as const;
  const sim = await startedSim({ latency, port: Number(new URL(model).port) });
  const random = seededRandom(11);
  const again = ['run', '--only-failed', run, '--quiet', '--concurrency', '16'];
  const asBegun = [...words, '--concurrency', '16'];
  const attemptsBefore = savedAttempts(out);
  let lost = -attemptsBefore;
  for (let kills = 0; kills < 8; kills++) {
    const seen = sim.counts.requests;
    const process = startTutti(kills % 3 === 2 ? asBegun : again, { cwd: folder });
    if (kills === 0) await sleep(random() * 400);
    else while (sim.counts.requests === seen) await sleep(2);
    await sleep(random() * 120);
    const now = await killAndCount(process, sim, out, lost);
    expect(now).toBeLessThanOrEqual(16);
    lost += now;
  }
  const last = await tutti(again, { cwd: folder });
  expect([last.code, last.stderr]).toEqual([0, '']);
  const records = recordsOf(run);
  expect(records.map(({ id, response }) => [id, response])).toEqual(
    rows.map(({ id, prompt }) => [id, `echo: ${prompt}`]),
  );
  for (const [row, record] of before.entries()) {
    if (record.answer.status === 'ok') expect(records[row]).toEqual(record);
  }
  const asked = new Set(sim.requests.map(promptOf));
  expect(asked).toEqual(new Set(failed.map(({ prompt }) => prompt)));
  expect(sim.counts.requests - failed.length).toBe(lost + attemptsBefore);
  const nothing = await tutti(
    again.filter((word) => word !== '--quiet'),
    { cwd: folder },
  );
  expect(nothing).toMatchObject({ code: 0, stderr: expect.stringContaining('Nothing has failed') });
});

test('only the folder of a run has something to be asked again', async () => {
  const folder = temporaryFolder();
  const file = writeExperiment(folder, 'e.jsonl', [{ prompt: 'a', model: 'sim/quick' }]);
  const named = await tutti(['run', '--only-failed', file], { cwd: folder });
  expect(named).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('not the folder of a run'),
  });
  const filled = await tutti(['run', '--only-failed', file, '-m', 'sim/quick'], { cwd: folder });
  expect(filled).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--model has no meaning'),
  });
});
