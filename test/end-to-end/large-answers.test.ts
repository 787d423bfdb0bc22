import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { startSlowLine } from '../support/slow-line-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tutti } from '../support/tutti-process.ts';

const MEBIBYTE = 1024 * 1024;
/** All together are 384 and 192 MB. Measured are 240 to 310; more where both cores are busy, so that little is collected. */
const MAX_MEBIBYTES = 420;

test.each([
  ['128 answers of 3 MB on a slow line', 128, 1, 3_000_000, { bytesPerMs: 40_000 }],
  [
    '128 answers of 3 MB that do not say how long they are',
    128,
    1,
    3_000_000,
    { bytesPerMs: 40_000, chunked: true },
  ],
  ['640 answers of 300 kB on ten lanes', 640, 10, 300_000, { bytesPerMs: 0 }],
  [
    '640 answers of 300 kB on ten lanes, of unknown length',
    640,
    10,
    300_000,
    { bytesPerMs: 0, chunked: true },
  ],
] as const)(
  '%s are all kept, in bounded memory',
  async (_, count, lanes, characters, line) => {
    const folder = temporaryFolder();
    const server = await startSlowLine(characters, line);
    const rows = Array.from({ length: count }, (_, row) => ({
      model: `${server.url}/v1#m${row % lanes}`,
      prompt: `question ${row}`,
    }));
    const file = writeExperiment(folder, 'e.jsonl', rows);
    const words = ['run', file, '-o', 'o', '--quiet', '--concurrency', '128'];
    const result = await tutti(words, { cwd: folder, measureMemory: true });
    expect(result.stderr).toBe('');
    expect(result.code).toBe(0);
    const records = recordsOf(onlyRunOf(join(folder, 'o'), 'e'));
    const wrong = records.filter(
      ({ response }, row) =>
        typeof response !== 'string' ||
        !response.startsWith(`question ${row} x`) ||
        response.length < characters,
    );
    expect(wrong).toEqual([]);
    expect(records).toHaveLength(count);
    expect(result.peakMemoryBytes / MEBIBYTE).toBeLessThan(MAX_MEBIBYTES);
  },
  60_000,
);
