import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { killAndCount } from '../support/kill-and-count.ts';
import { answerLinesOf, onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { promptOf, referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, tutti } from '../support/tutti-process.ts';

const CALLS = 2_000;
/** Calls in flight at once; a place is free when its answer is written. */
const PLACES = 64;

function expectEveryRowOnce(run: string): void {
  const records = recordsOf(run);
  expect(records).toHaveLength(CALLS);
  expect(new Set(records.map(({ id }) => id)).size).toBe(CALLS);
  records.forEach((record, row) => {
    expect(record.id).toBe(`row-${row}`);
    expect(record.response).toBe(`echo: question ${row}`);
    expect(record.answer.status).toBe('ok');
  });
}

async function prepare() {
  const folder = temporaryFolder();
  const sim = await startedSim({ latency: { kind: 'uniform', fromMs: 20, toMs: 120 } });
  const rows = Array.from({ length: CALLS }, (_, row) => ({
    id: `row-${row}`,
    model: referenceOf(sim),
    prompt: `question ${row}`,
  }));
  const file = writeExperiment(folder, 'e.jsonl', rows);
  const words = ['run', file, '-o', join(folder, 'o'), '--quiet'];
  const run = () => onlyRunOf(join(folder, 'o'), 'e');
  return { folder, sim, words, run };
}

test('a run killed at 20 random moments ends with every row once and asks nothing twice but what was in flight', async () => {
  const { folder, sim, words, run } = await prepare();
  const random = seededRandom(20);
  let lost = 0;
  for (let kills = 0; kills < 20; kills++) {
    const before = sim.counts.requests;
    const process = startTutti(words, { cwd: folder });
    if (kills % 5 === 0) await sleep(random() * 600);
    else {
      while (sim.counts.requests === before) await sleep(2);
      await sleep(random() * 170);
    }
    const now = await killAndCount(process, sim, join(folder, 'o'), lost);
    expect(now).toBeLessThanOrEqual(PLACES);
    lost += now;
  }
  const last = await tutti(words, { cwd: folder });
  expect(last.stderr).toBe('');
  expect(last.code).toBe(0);
  expectEveryRowOnce(run());
  expect(lost).toBeGreaterThan(0);
  expect(sim.counts.requests - CALLS).toBe(lost);
  expect(new Set(sim.requests.map(promptOf)).size).toBe(CALLS);
});

test('a run killed at once and again with 99 % done keeps what it has', async () => {
  const { folder, sim, words, run } = await prepare();
  const early = startTutti(words, { cwd: folder });
  while (!existsSync(join(folder, 'o', 'e'))) await sleep(1);
  let lost = await killAndCount(early, sim, join(folder, 'o'), 0);
  const late = startTutti(words, { cwd: folder });
  while (sim.counts.answered < CALLS * 0.99) await sleep(2);
  lost += await killAndCount(late, sim, join(folder, 'o'), lost);
  expect(lost).toBeLessThanOrEqual(2 * PLACES);
  expect((await tutti(words, { cwd: folder })).code).toBe(0);
  expectEveryRowOnce(run());
  expect(sim.counts.requests - CALLS).toBe(lost);
});

test('a run killed while its final files are being written asks nothing again', async () => {
  const { folder, sim, words, run } = await prepare();
  const process = startTutti(words, { cwd: folder });
  while (sim.counts.answered < CALLS) await sleep(1);
  while (answerLinesOf(run()).length < CALLS) await sleep(1);
  process.kill('SIGKILL');
  await process.done;
  for (const waitMs of [120, 160, 200, 240, 280]) {
    const again = startTutti(words, { cwd: folder });
    await sleep(waitMs);
    again.kill('SIGKILL');
    await again.done;
  }
  expect((await tutti(words, { cwd: folder })).code).toBe(0);
  expectEveryRowOnce(run());
  expect(sim.counts.requests).toBe(CALLS);
});

test('a killed list of three turns keeps the turns that it paid for', async () => {
  const folder = temporaryFolder();
  const sim = await startedSim({ latency: { kind: 'uniform', fromMs: 20, toMs: 120 } });
  const rows = Array.from({ length: 100 }, (_, row) => ({
    id: `row-${row}`,
    model: referenceOf(sim),
    prompt: [`first ${row}`, `second ${row}`, `third ${row}`],
  }));
  const file = writeExperiment(folder, 'turns.jsonl', rows);
  const words = ['run', file, '-o', join(folder, 'o'), '--quiet', '--concurrency', '25'];
  const random = seededRandom(3);
  let lost = 0;
  for (let kills = 0; kills < 6; kills++) {
    const before = sim.counts.requests;
    const process = startTutti(words, { cwd: folder });
    while (sim.counts.requests < before + 5) await sleep(2);
    await sleep(random() * 150);
    const now = await killAndCount(process, sim, join(folder, 'o'), lost);
    expect(now).toBeLessThanOrEqual(25);
    lost += now;
  }
  expect((await tutti(words, { cwd: folder })).code).toBe(0);
  const records = recordsOf(onlyRunOf(join(folder, 'o'), 'turns'));
  expect(records.map(({ response }) => response)).toEqual(
    rows.map(({ prompt }) => prompt.map((turn) => `echo: ${turn}`)),
  );
  expect(new Set(sim.requests.map(promptOf)).size).toBe(300);
  expect(sim.counts.requests - 300).toBe(lost);
  const third = sim.requests.find((request) => promptOf(request) === 'third 7')!;
  expect((third.body as { messages: object[] }).messages).toEqual([
    { role: 'user', content: 'first 7' },
    { role: 'assistant', content: 'echo: first 7' },
    { role: 'user', content: 'second 7' },
    { role: 'assistant', content: 'echo: second 7' },
    { role: 'user', content: 'third 7' },
  ]);
});
