import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { answerLinesOf, onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, tutti } from '../support/tutti-process.ts';

async function prepare(latencyMs: number, count: number) {
  const folder = temporaryFolder();
  const sim = await startedSim({ latency: { kind: 'fixed', ms: latencyMs } });
  const rows = Array.from({ length: count }, (_, row) => ({
    model: referenceOf(sim),
    prompt: `question ${row}`,
  }));
  const file = writeExperiment(folder, 'e.jsonl', rows);
  const words = ['run', file, '-o', join(folder, 'o'), '--concurrency', '5'];
  return { folder, sim, words, rows, run: () => onlyRunOf(join(folder, 'o'), 'e') };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'one %s finishes what is in flight, exits with 130, and the run goes on without asking twice',
  async (signal) => {
    const { folder, sim, words, rows, run } = await prepare(300, 20);
    const process = startTutti(words, { cwd: folder });
    while (sim.counts.answered < 5) await sleep(2);
    while (sim.counts.inFlight < 5) await sleep(2);
    process.kill(signal);
    const { code, stderr } = await process.done;
    expect(code).toBe(130);
    expect(stderr).toContain('10 of 20 answered');
    expect(stderr).toContain('goes on from here');
    expect(sim.counts.requests).toBe(10);
    expect(sim.counts.answered).toBe(10);
    expect(answerLinesOf(run())).toHaveLength(10);
    expect(JSON.parse(readFileSync(join(run(), 'run.json'), 'utf8')).state).toBe('unfinished');
    expect((await tutti(words, { cwd: folder })).code).toBe(0);
    expect(sim.counts.requests).toBe(20);
    expect(recordsOf(run()).map(({ response }) => response)).toEqual(
      rows.map(({ prompt }) => `echo: ${prompt}`),
    );
  },
);

test('a second signal stops at once, and the run still goes on later', async () => {
  const { folder, sim, words, run } = await prepare(4_000, 5);
  const process = startTutti(words, { cwd: folder });
  while (sim.counts.inFlight < 5) await sleep(2);
  process.kill('SIGINT');
  await sleep(1_000);
  const secondMs = performance.now();
  process.kill('SIGINT');
  expect((await process.done).code).toBe(130);
  expect(performance.now() - secondMs).toBeLessThan(1_000);
  expect(answerLinesOf(run())).toHaveLength(0);
  expect((await tutti(words, { cwd: folder })).code).toBe(0);
  expect(sim.counts.requests).toBe(10);
  expect(recordsOf(run())).toHaveLength(5);
});

test('an interrupted question exits with 130 and shows what was answered', async () => {
  const folder = temporaryFolder();
  const sim = await startedSim({
    models: [{ name: 'fast' }, { name: 'slow', latency: { kind: 'fixed', ms: 5_000 } }],
  });
  const words = ['ask', 'hi', '-m', referenceOf(sim, 'fast'), '-m', referenceOf(sim, 'slow')];
  const process = startTutti(words, { cwd: folder });
  while (sim.counts.answered < 1) await sleep(2);
  await sleep(100);
  process.kill('SIGINT');
  const { code, stdout, stderr, elapsedMs } = await process.done;
  expect(code).toBe(130);
  expect(stdout).toContain('echo: hi');
  expect(stderr).not.toContain('defect');
  expect(elapsedMs).toBeLessThan(4_000);
});
