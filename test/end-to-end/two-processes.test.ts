import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  linesOf,
  onlyRunOf,
  recordsOf,
  runFoldersOf,
  writeExperiment,
} from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, type TuttiResult, tutti } from '../support/tutti-process.ts';

const CALLS = 200;

async function prepare() {
  const folder = temporaryFolder();
  const sim = await startedSim({ latency: { kind: 'fixed', ms: 50 } });
  const rows = Array.from({ length: CALLS }, (_, row) => ({
    id: row,
    model: referenceOf(sim),
    prompt: `question ${row}`,
  }));
  const file = writeExperiment(folder, 'e.jsonl', rows);
  const words = ['run', file, '-o', join(folder, 'o'), '--concurrency', '8'];
  return { folder, sim, words, run: () => onlyRunOf(join(folder, 'o'), 'e') };
}

function expectWhole(run: string): void {
  expect(recordsOf(run).map(({ response }) => response)).toEqual(
    Array.from({ length: CALLS }, (_, row) => `echo: question ${row}`),
  );
  for (const line of linesOf(join(run, 'journal.jsonl'))) JSON.parse(line);
}

test('of several processes that start together on one run one works and the others say who does', async () => {
  const { folder, sim, words, run } = await prepare();
  const started = [1, 2, 3].map(() => startTutti(words, { cwd: folder }));
  const ended = await Promise.all(started.map(({ done }) => done));
  const winners = ended.filter(({ code }) => code === 0);
  expect(winners.map(({ stderr }) => stderr)).toHaveLength(1);
  const winner = started[ended.indexOf(winners[0] as TuttiResult)]!;
  for (const loser of ended.filter((result) => result !== winners[0])) {
    expect(loser.code).toBe(2);
    expect(loser.stderr).toContain(hostname());
    expect(loser.stderr).toMatch(/since \d{4}-\d{2}-\d{2}T/);
    expect(loser.stderr).toContain(`Process ${winner.pid}`);
  }
  expect(sim.counts.requests).toBe(CALLS);
  expectWhole(run());
});

test('processes that start new runs together each get one', async () => {
  const { folder, sim, words } = await prepare();
  const few = [...words, '--new', '--limit', '5'];
  const ended = await Promise.all([1, 2, 3].map(() => tutti(few, { cwd: folder })));
  expect(ended.map(({ code, stderr }) => (code === 0 ? '' : stderr))).toEqual(['', '', '']);
  expect(runFoldersOf(join(folder, 'o'), 'e')).toHaveLength(3);
  expect(sim.counts.requests).toBe(15);
});

test('a process that comes later is refused at once and disturbs nothing', async () => {
  const { folder, sim, words, run } = await prepare();
  const first = startTutti(words, { cwd: folder });
  while (sim.counts.answered < 20) await sleep(5);
  const second = await tutti(words, { cwd: folder });
  expect(second.code).toBe(2);
  expect(second.stderr).toContain(`Process ${first.pid}`);
  expect((await first.done).code).toBe(0);
  expect(sim.counts.requests).toBe(CALLS);
  expectWhole(run());
});

test('the lock of a dead process, or of one before the last start of the machine, is taken over', async () => {
  const { folder, sim, words, run } = await prepare();
  const first = startTutti(words, { cwd: folder });
  while (sim.counts.answered < 50) await sleep(5);
  first.kill('SIGKILL');
  await first.done;
  const lock = join(run(), 'lock');
  expect(existsSync(lock)).toBe(true);
  const second = startTutti(words, { cwd: folder });
  while (sim.counts.answered < 100) await sleep(5);
  const holder = JSON.parse(readFileSync(lock, 'utf8'));
  expect(holder.pid).toBe(second.pid);
  second.kill('SIGKILL');
  await second.done;
  // This very process lives, but the lock says that it began in an earlier life of the machine.
  const bootKey = Object.keys(holder).find((key) => /boot/i.test(key))!;
  const earlier = { ...holder, pid: process.pid, [bootKey]: 'an-earlier-start' };
  writeFileSync(lock, `${JSON.stringify(earlier)}\n`);
  expect((await tutti(words, { cwd: folder })).code).toBe(0);
  expectWhole(run());
  expect(existsSync(lock)).toBe(false);
});
