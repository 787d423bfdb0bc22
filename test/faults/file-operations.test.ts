import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countAttacks } from '../support/attack-counts.ts';
import { linesOf, recordsOf, runFoldersOf, writeExperiment } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

const { attack } = countAttacks('disk: each file operation of a run fails');
const PRELOAD = new URL('../support/fail-file-operation.ts', import.meta.url).href;
const ROWS = 12;
const IN_FLIGHT = 3;
/** Runs at the same time, each on folders and endpoints of its own. */
const TOGETHER = 4;

/** Fails one operation of a run, then runs again; false when the run has no operation of that number. */
async function failAndRunAgain(at: number, fault: string, forGood: boolean): Promise<boolean> {
  const folder = temporaryFolder();
  const sim = await startedSim();
  const rows = Array.from({ length: ROWS }, (_, row) => ({
    id: row,
    model: referenceOf(sim, `m${row % 2}`),
    prompt: row % 4 === 3 ? [`first ${row}`, `second ${row}`] : `question ${row}`,
  }));
  const calls = ROWS + ROWS / 4;
  const words = ['run', writeExperiment(folder, 'e.jsonl', rows), '-o', join(folder, 'o')];
  const options = [...words, '--concurrency', String(IN_FLIGHT), '--quiet'];
  const reached = join(folder, 'reached');
  const { code, stderr } = await tutti(options, {
    cwd: folder,
    preload: PRELOAD,
    env: {
      FAIL_AT: String(at),
      FAIL_WITH: fault,
      FAIL_FOR_GOOD: forGood ? '1' : '0',
      FAIL_REACHED: reached,
    },
  });
  const what = `operation ${at}, ${fault}`;
  expect([0, 2], `${what}: ${stderr}`).toContain(code);
  expect(stderr, what).not.toContain('defect');
  if (code === 2) expect(stderr, what).not.toBe('');
  const again = await tutti(options, { cwd: folder });
  expect(again.code, `${what}: ${stderr}${again.stderr}`).toBe(0);
  // A run that could not even be described has asked nothing, and another folder takes its place.
  const described = runFoldersOf(join(folder, 'o'), 'e').filter((path) =>
    existsSync(join(path, 'run.json')),
  );
  expect(described, what).toHaveLength(1);
  const run = described[0]!;
  expect(recordsOf(run).map(({ id, response }) => [id, response])).toEqual(
    rows.map(({ id, prompt }) => [
      id,
      Array.isArray(prompt) ? prompt.map((turn) => `echo: ${turn}`) : `echo: ${prompt}`,
    ]),
  );
  for (const line of linesOf(join(run, 'journal.jsonl'))) JSON.parse(line);
  expect(sim.counts.requests, what).toBeLessThanOrEqual(calls + 2 * IN_FLIGHT);
  await sim.close();
  return readFileSync(reached, 'utf8') === 'yes';
}

test.each([
  ['ENOSPC', true],
  ['EIO', false],
  ['short', false],
] as const)(
  'whichever file operation fails with %s (for good: %s), the run stops cleanly or goes on, and loses nothing',
  async (fault, forGood) => {
    let last = 0;
    for (let at = 1; last === 0; at += TOGETHER) {
      const numbers = Array.from({ length: TOGETHER }, (_, index) => at + index);
      const reached = await Promise.all(
        numbers.map(async (number) => {
          let isReached = false;
          await attack(`operation ${number}, ${fault}`, async () => {
            isReached = await failAndRunAgain(number, fault, forGood);
          });
          return isReached;
        }),
      );
      if (reached.includes(false)) last = at;
    }
    expect(last).toBeGreaterThan(30);
  },
);
