import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { withFolder, writeExperiment } from '../experiment-file.ts';
import type { Measurement } from '../measurement.ts';
import { type Finished, runNode, TUTTI_BIN } from '../processes.ts';

const ROWS = 1_000_000;

/** Memory and time of a million rows in other forms than JSON lines, read and written. */
export const forms: Measurement = {
  name: 'forms',
  about: 'a million rows as CSV: read by check, written by export; peak memory and time',
  measure: () =>
    withFolder(async (folder) => {
      const csv = await writeCsv(folder);
      const jsonl = await writeExperiment(folder, ROWS, ['http://127.0.0.1:9/v1#bench']);
      const read = await tutti(folder, ['check', csv]);
      const written = await tutti(folder, ['export', jsonl, '--format', 'csv']);
      return [
        {
          name: 'peak memory, CSV read by check',
          value: read.peakMb,
          unit: 'MiB',
          hold: { atMost: 300 },
          readings: { wallMs: read.wallMs },
        },
        {
          name: 'peak memory, CSV written by export',
          value: written.peakMb,
          unit: 'MiB',
          hold: { atMost: 300 },
          readings: { wallMs: written.wallMs },
        },
      ];
    }),
};

async function tutti(folder: string, words: readonly string[]): Promise<Finished> {
  const env = { TUTTI_HOME: join(folder, 'home') };
  const run = await runNode([TUTTI_BIN, ...words], { env, cwd: folder });
  if (run.exitCode !== 0) throw new Error(`tutti ${words[0]} failed: ${run.stdout}${run.stderr}`);
  return run;
}

/** Rows with quoted cells, parameters and an id. */
async function writeCsv(folder: string): Promise<string> {
  const path = join(folder, 'bench.csv');
  const stream = createWriteStream(path);
  let block = 'id,model,prompt,parameters-temperature\n';
  for (let row = 0; row < ROWS; row++) {
    const prompt = `What is ""the answer"",\nto question number ${row}?`;
    block += `row-${row},http://127.0.0.1:9/v1#bench,"${prompt}",0\n`;
    if (block.length > 1 << 16) {
      if (!stream.write(block)) await once(stream, 'drain');
      block = '';
    }
  }
  stream.end(block);
  await finished(stream);
  return path;
}
