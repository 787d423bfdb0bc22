import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { countAttacks } from '../support/attack-counts.ts';
import { answerLinesOf, recordsOf, runFoldersOf, writeExperiment } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

const { attack } = countAttacks('disk: sizes of a full disk');
const MOUNT = '/usr/bin/mount';
const ROWS = 120;
const IN_FLIGHT = 4;
const mounted: string[] = [];

afterEach(() => {
  for (const path of mounted.splice(0)) spawnSync('/usr/bin/umount', ['-l', path]);
});

/** In pages of 4 KiB: from one that holds nothing to one that holds nearly all. */
const SIZES = [
  2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 24, 28, 32, 40, 48, 56, 64, 72, 80, 96, 110,
];

test('a disk of any size stops the run cleanly, and it goes on when there is room', async (context) => {
  for (const pages of SIZES) {
    const folder = temporaryFolder();
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const size = `size=${pages * 4}k`;
    if (spawnSync(MOUNT, ['-t', 'tmpfs', '-o', size, 'tutti-test', disk]).status !== 0) {
      context.skip('only root can mount a small disk');
    }
    mounted.push(disk);
    await attack(`${pages * 4} KiB`, async () => {
      const sim = await startedSim({
        latency: { kind: 'uniform', fromMs: 1, toMs: 9 },
        answer: ({ prompt }) => `${prompt} ${'x'.repeat(1_000)}`,
      });
      const rows = Array.from({ length: ROWS }, (_, id) => ({
        id,
        model: referenceOf(sim),
        prompt: `q ${id}`,
      }));
      const file = writeExperiment(folder, 'e.jsonl', rows);
      const words = ['run', file, '-o', join(disk, 'o'), '--concurrency', String(IN_FLIGHT)];
      const { code, stderr } = await tutti(words, { cwd: folder });
      expect([0, 2], stderr).toContain(code);
      expect(stderr).not.toContain('defect');
      const safe = runFoldersOf(join(disk, 'o'), 'e').flatMap(answerLinesOf).length;
      const before = sim.counts.requests;
      expect(before).toBeLessThanOrEqual(safe + 2 * IN_FLIGHT);
      execFileSync(MOUNT, ['-o', 'remount,size=20m', disk]);
      const again = await tutti(words, { cwd: folder });
      expect(again.code, again.stderr).toBe(0);
      const records = runFoldersOf(join(disk, 'o'), 'e').flatMap((run) => recordsOf(run));
      expect(records.map(({ response }) => response.split(' x')[0])).toEqual(
        rows.map(({ prompt }) => prompt),
      );
      expect(sim.counts.requests).toBeLessThanOrEqual(ROWS + 2 * IN_FLIGHT);
      await sim.close();
    });
  }
});
