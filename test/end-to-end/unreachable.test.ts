import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startSim } from '../../src/sim/index.ts';
import { onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, tutti } from '../support/tutti-process.ts';

const LATENCY = { kind: 'fixed', ms: 20 } as const;

test('a name that does not resolve fails its lane within 3 seconds and lets the others finish', async () => {
  const folder = temporaryFolder();
  const sim = await startedSim({ latency: LATENCY });
  const rows = Array.from({ length: 40 }, (_, row) => ({
    id: `row-${row}`,
    model: row % 2 ? referenceOf(sim) : 'http://nope.invalid/v1#m',
    prompt: `question ${row}`,
  }));
  const file = writeExperiment(folder, 'e.jsonl', rows);
  const words = ['run', file, '-o', join(folder, 'o')];
  const { code, stderr, elapsedMs } = await tutti(words, { cwd: folder });
  expect(code).toBe(1);
  expect(elapsedMs).toBeLessThan(4_500);
  expect(stderr).toContain('nope.invalid');
  expect(sim.counts.requests).toBe(20);
  const records = recordsOf(onlyRunOf(join(folder, 'o'), 'e'));
  expect(records).toHaveLength(40);
  for (const [row, { answer, response }] of records.entries()) {
    if (row % 2) expect(response).toBe(`echo: question ${row}`);
    else {
      expect(response).toBeNull();
      expect(answer.error!.message).toContain('nope.invalid');
    }
  }
});

test('a server that goes away for two seconds in mid-run and comes back costs no call', async () => {
  const folder = temporaryFolder();
  const first = await startSim({ answer: 'echo', latency: LATENCY });
  const rows = Array.from({ length: 400 }, (_, row) => ({
    model: referenceOf(first),
    prompt: `question ${row}`,
  }));
  const file = writeExperiment(folder, 'e.jsonl', rows);
  const words = ['run', file, '-o', join(folder, 'o'), '--concurrency', '4', '--quiet'];
  const run = startTutti(words, { cwd: folder });
  while (first.counts.answered < 100) await sleep(5);
  await first.close();
  await sleep(2_000);
  const second = await startedSim({ port: first.port, latency: LATENCY });
  const { code, stderr } = await run.done;
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const records = recordsOf(onlyRunOf(join(folder, 'o'), 'e'));
  expect(records.map(({ response }) => response)).toEqual(
    rows.map(({ prompt }) => `echo: ${prompt}`),
  );
  expect(first.counts.answered + second.counts.answered).toBeLessThanOrEqual(404);
});

test('a refused connection fails within 3 seconds and says what to look at', async () => {
  const sim = await startSim();
  await sim.close();
  const words = ['ask', 'hi', '-m', referenceOf(sim)];
  const { code, stdout, stderr, elapsedMs } = await tutti(words, { cwd: temporaryFolder() });
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(`Is the server running at ${sim.url}`);
  expect(elapsedMs).toBeLessThan(4_000);
});
