import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseFaults } from '../../src/sim/index.ts';
import { onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

const MEBIBYTE = 1024 * 1024;

test.each([
  ['a body that never ends', 'endless', 'response_too_large', 24],
  ['50,000 headers', 'header-flood', 'response_too_large', 8],
  ['one header of 1 MB', 'header-flood=1MB', 'response_too_large', 8],
  ['a small body that inflates to 200 MB', 'gzip-bomb', 'response_too_large', 24],
  ['5,000 content encodings', 'nested-encoding', 'response_too_large', 8],
  ['two content encodings', 'nested-encoding=2', 'encoding_refused', 8],
])('%s is cut off, not asked again, and takes bounded memory', async (_, fault, code, bad) => {
  const folder = temporaryFolder();
  const sim = await startedSim({
    models: [{ name: 'bad', faults: parseFaults(fault) }, { name: 'good' }],
  });
  const rows = Array.from({ length: bad + 8 }, (_, row) => ({
    model: referenceOf(sim, row < bad ? 'bad' : 'good'),
    prompt: `question ${row}`,
  }));
  const file = writeExperiment(folder, 'e.jsonl', rows);
  const words = ['run', file, '-o', join(folder, 'o'), '--quiet', '--concurrency', '100'];
  const result = await tutti(words, { cwd: folder, measureMemory: true });
  expect(result.code).toBe(1);
  const records = recordsOf(onlyRunOf(join(folder, 'o'), 'e'));
  for (const [row, { answer, response }] of records.entries()) {
    if (row >= bad) expect(response).toBe(`echo: question ${row}`);
    else expect(answer.error!.code).toBe(code);
  }
  expect(sim.counts.byModel.bad!.requests).toBe(bad);
  expect(result.peakMemoryBytes).toBeGreaterThan(30 * MEBIBYTE);
  expect(result.peakMemoryBytes).toBeLessThan(400 * MEBIBYTE);
});

test('an answer that drips ends at its time-out, and the other lanes do not notice', async () => {
  const folder = temporaryFolder();
  const latency = { kind: 'fixed', ms: 50 } as const;
  const lanes = ['drip', 'one', 'two', 'three'];
  const sim = await startedSim({
    latency,
    models: lanes.map((name) => ({
      name,
      ...(name === 'drip' && { faults: parseFaults('drip=1B/s') }),
    })),
  });
  const rows = Array.from({ length: 60 }, (_, row) => ({
    model: referenceOf(sim, lanes[row % 4]!),
    prompt: `question ${row}`,
  })).filter(({ model }, row) => !model.endsWith('drip') || row < 4);
  const file = writeExperiment(folder, 'e.jsonl', rows);
  const options = ['--timeout', '1500ms', '--attempts', '1', '--concurrency', '1', '--quiet'];
  const result = await tutti(['run', file, '-o', join(folder, 'o'), ...options], { cwd: folder });
  expect(result.code).toBe(1);
  const records = recordsOf(onlyRunOf(join(folder, 'o'), 'e'));
  for (const record of records.filter(({ model }) => model.endsWith('drip'))) {
    expect(record.answer.error!.code).toBe('timeout');
  }
  const dripped = sim.requests.filter(({ model }) => model === 'drip');
  expect(dripped).toHaveLength(1);
  for (const { startedMs, endedMs } of dripped) {
    expect(Math.abs(endedMs! - startedMs - 1_500)).toBeLessThan(500);
  }
  const others = sim.requests.filter(({ model }) => model !== 'drip');
  expect(others.filter(({ answered }) => answered)).toHaveLength(45);
  const makespanMs =
    Math.max(...others.map(({ endedMs }) => endedMs!)) -
    Math.min(...others.map(({ startedMs }) => startedMs));
  expect(makespanMs).toBeLessThan(1_500);
  expect(sim.counts.inFlight).toBe(0);
});
