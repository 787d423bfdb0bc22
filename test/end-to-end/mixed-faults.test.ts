import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseFaults } from '../../src/sim/index.ts';
import { onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

const CALLS = 5_000;

test('5,000 calls against 10 % mixed faults end with 5,000 right answers', async () => {
  const folder = temporaryFolder();
  const sim = await startedSim({ faults: parseFaults('mixed=10%') });
  const rows = Array.from({ length: CALLS }, (_, row) => ({
    id: `row-${row}`,
    model: referenceOf(sim),
    prompt: `question ${row}`,
  }));
  const file = writeExperiment(folder, 'e.jsonl', rows);
  const words = ['run', file, '-o', join(folder, 'o'), '--quiet', '--concurrency', '200'];
  const { code, stderr } = await tutti(words, { cwd: folder });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const records = recordsOf(onlyRunOf(join(folder, 'o'), 'e'));
  expect(records).toHaveLength(CALLS);
  for (const [row, record] of records.entries()) {
    expect(record.response).toBe(`echo: question ${row}`);
  }
  expect(sim.counts.faults).toBeGreaterThan(CALLS * 0.08);
  expect(sim.counts.requests).toBe(CALLS + sim.counts.faults);
});
