import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, tutti } from '../support/tutti-process.ts';

const ROWS = 600;

/** An experiment, and a scorer that notes when it has begun and takes its time. */
async function prepare() {
  const folder = temporaryFolder();
  const sim = await startedSim();
  const rows = Array.from({ length: ROWS }, (_, row) => ({
    id: `row-${row}`,
    model: referenceOf(sim),
    prompt: `question ${row}`,
    expected_response: row % 3 === 0 ? `echo: question ${row}` : 'else',
    mine: 'of the row',
  }));
  writeExperiment(folder, 'e.jsonl', rows);
  const begun = join(folder, 'begun');
  writeFileSync(
    join(folder, 'mine.ts'),
    `import { appendFileSync } from 'node:fs';
    export async function score(record: { id: string }): Promise<number> {
      appendFileSync(${JSON.stringify(begun)}, 'x');
      await new Promise((resolve) => setTimeout(resolve, 1));
      return Number(record.id.slice(4));
    }\n`,
  );
  const words = ['e.jsonl', '-o', 'o', '--quiet'];
  const scorers = ['--score', 'match', '--score', './mine.ts'];
  const scored = () => (existsSync(begun) ? readFileSync(begun, 'utf8').length : 0);
  return { folder, sim, words, scorers, scored, run: () => onlyRunOf(join(folder, 'o'), 'e') };
}

function expectScores(run: string): void {
  const records = recordsOf(run);
  expect(records).toHaveLength(ROWS);
  records.forEach((record, row) => {
    expect(record).toMatchObject({ id: `row-${row}`, response: `echo: question ${row}` });
    expect(record).toMatchObject({ match: row % 3 === 0, mine: row, 'input-mine': 'of the row' });
  });
  const { aggregates } = JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8'));
  expect(aggregates.scores).toHaveLength(2);
  const left = readdirSync(run).filter((name) => name.endsWith('.tmp') || name === 'lock');
  expect(left).toEqual([]);
}

test('a run that is killed while it scores asks nothing again, and has its scores in the end', async () => {
  const { folder, sim, words, scorers, scored, run } = await prepare();
  const command = ['run', ...words, ...scorers];
  for (const more of [1, 300]) {
    const before = scored();
    const process = startTutti(command, { cwd: folder });
    while (scored() < before + more) await sleep(5);
    process.kill('SIGKILL');
    await process.done;
    expect(existsSync(join(run(), 'completed.jsonl'))).toBe(false);
  }
  const last = await tutti(command, { cwd: folder });
  expect([last.code, last.stderr]).toEqual([0, '']);
  expect(sim.counts.requests).toBe(ROWS);
  expectScores(run());
});

test('a finished run that is killed while it is scored keeps whole records, scored or not', async () => {
  const { folder, sim, words, scorers, scored, run } = await prepare();
  expect((await tutti(['run', ...words], { cwd: folder })).code).toBe(0);
  const command = ['score', run(), ...scorers, '--quiet'];
  for (const more of [1, 300, ROWS]) {
    const before = scored();
    const process = startTutti(command, { cwd: folder });
    while (scored() < before + more) await sleep(1);
    process.kill('SIGKILL');
    await process.done;
    const records = recordsOf(run());
    expect(records).toHaveLength(ROWS);
    const withScores = records.filter((record) => 'match' in record).length;
    expect([0, ROWS]).toContain(withScores);
  }
  const last = await tutti(command, { cwd: folder });
  expect([last.code, last.stderr]).toEqual([0, '']);
  expect(sim.counts.requests).toBe(ROWS);
  expectScores(run());
});

test('a mean below its threshold is exit code 1, a wrong scorer 2 before anything is sent', async () => {
  const { folder, sim, words, run } = await prepare();
  const wrong = await tutti(['run', ...words, '--score', 'mach'], { cwd: folder });
  expect([wrong.code, sim.counts.requests, existsSync(join(folder, 'o'))]).toEqual([2, 0, false]);
  expect(wrong.stderr).toContain('Did you mean match?');
  const gate = ['--score', 'match', '--json', '--threshold'];
  const met = await tutti(['run', ...words, ...gate, 'match=0.3'], { cwd: folder });
  expect([met.code, JSON.parse(met.stdout).thresholds[0].isMet]).toEqual([0, true]);
  const missed = await tutti(['score', run(), ...gate, 'match=0.5'], { cwd: folder });
  expect([missed.code, JSON.parse(missed.stdout).thresholds[0].isMet]).toEqual([1, false]);
  expect(missed.stderr).toContain('the mean is 0.333, the threshold 0.5');
});
