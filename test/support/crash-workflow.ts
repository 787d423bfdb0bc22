import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { killAndCount, savedAttempts } from './kill-and-count.ts';
import { answerLinesOf, recordsOf } from './run-results.ts';
import { referenceOf, startedSim } from './started-sim.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Calls in flight at once, as the settings have it. */
const PLACES = 64;

/**
 * Runs a workflow of five calls a row, kills it again and again, and sees that every row ends once and nothing is
 * sent twice but what was in flight.
 */
export async function crashWorkflow(rows: number, kills: number): Promise<void> {
  const folder = join(temporaryFolder(), 'run');
  const sim = await startedSim({ latency: { kind: 'uniform', fromMs: 10, toMs: 60 } });
  const start = () => {
    const program = join(import.meta.dirname, 'race-workflow.ts');
    const words = [program, folder, String(rows), referenceOf(sim)];
    const env = { ...process.env, TUTTI_HOME: join(folder, '../home') };
    const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        output += text;
      });
    }
    const done = once(child, 'close').then(([code]) => ({ code, output }));
    return { kill: () => child.kill('SIGKILL'), done };
  };
  const random = seededRandom(kills);
  let lost = 0;
  for (let life = 0; life < kills; life++) {
    const before = sim.counts.requests;
    const child = start();
    let isOver = false;
    void child.done.then(() => {
      isOver = true;
    });
    while (sim.counts.requests === before && !isOver) await sleep(2);
    await sleep(random() * 250);
    const now = await killAndCount(child, sim, folder, lost);
    expect(now).toBeLessThanOrEqual(PLACES);
    lost += now;
  }
  const last = await start().done;
  expect(last).toEqual({ code: 0, output: 'failures 0\n' });
  const records = recordsOf(folder);
  expect(records.map(({ id, answer }) => [id, answer.status])).toEqual(
    Array.from({ length: rows }, (_, id) => [id, 'ok']),
  );
  const calls = answerLinesOf(folder).map((line) => {
    const { row, call = 'end' } = JSON.parse(line);
    return `${row} ${call}`;
  });
  expect(calls).toHaveLength(rows * 6);
  expect(new Set(calls).size).toBe(calls.length);
  // A racer that was cancelled may be so before it was read by the server.
  expect(sim.counts.requests - savedAttempts(folder)).toBeLessThanOrEqual(lost);
}
