import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { answerLinesOf, onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { promptOf, referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, tutti } from '../support/tutti-process.ts';

const MOUNT = '/usr/bin/mount';
const UNMOUNT = '/usr/bin/umount';
const ROWS = 2_000;
const IN_FLIGHT = 16;
const mounted: string[] = [];

afterEach(() => {
  for (const path of mounted.splice(0)) spawnSync(UNMOUNT, ['-l', path]);
});

/** Mounts an empty disk in memory; false where this user may not. */
function mountDisk(path: string, size: string): boolean {
  mkdirSync(path);
  const { status } = spawnSync(MOUNT, ['-t', 'tmpfs', '-o', `size=${size}`, 'tutti-test', path]);
  if (status === 0) mounted.push(path);
  return status === 0;
}

test('a full disk stops a run at once with what is safe, and it goes on when there is room', async (context) => {
  const folder = temporaryFolder();
  const disk = join(folder, 'disk');
  if (!mountDisk(disk, '2m')) context.skip('only root can mount a small disk');
  const sim = await startedSim({
    latency: { kind: 'uniform', fromMs: 20, toMs: 60 },
    answer: ({ prompt }) => `${prompt} ${'x'.repeat(4_000)}`,
  });
  const rows = Array.from({ length: ROWS }, (_, row) => ({
    model: referenceOf(sim),
    prompt: `question ${row}`,
  }));
  const file = writeExperiment(folder, 'e.jsonl', rows);
  const words = ['run', file, '-o', join(disk, 'o'), '--concurrency', String(IN_FLIGHT)];
  const { code, stderr } = await startTutti(words, { cwd: folder }).done;
  const endedMs = performance.now();
  expect(code, stderr).toBe(2);
  expect(stderr).toContain('No space is left');
  const run = onlyRunOf(join(disk, 'o'), 'e');
  expect(stderr).toContain(run);
  const safe = answerLinesOf(run).filter(isWhole).length;
  expect(safe).toBeGreaterThan(200);
  expect(stderr.replaceAll(',', '')).toContain(String(safe));
  const lastSentMs = Math.max(...sim.requests.map(({ startedMs }) => startedMs));
  expect(endedMs - lastSentMs).toBeLessThan(2_000);
  expect(sim.counts.requests).toBeLessThanOrEqual(safe + 2 * IN_FLIGHT);
  execFileSync(MOUNT, ['-o', 'remount,size=200m', disk]);
  const again = await tutti(words, { cwd: folder });
  expect(again.code, again.stderr).toBe(0);
  const records = recordsOf(onlyRunOf(join(disk, 'o'), 'e'));
  expect(records).toHaveLength(ROWS);
  for (const [row, { response }] of records.entries()) {
    expect(response.slice(0, 20).split(' x')[0]).toBe(`question ${row}`);
  }
  expect(new Set(sim.requests.map(promptOf)).size).toBe(ROWS);
  expect(sim.counts.requests - ROWS).toBeLessThanOrEqual(2 * IN_FLIGHT);
});

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
