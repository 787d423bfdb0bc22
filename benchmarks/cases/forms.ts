import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { withFolder, writeExperiment } from '../experiment-file.ts';
import type { Figure, Measurement } from '../measurement.ts';
import { type Finished, runNode, TUTTI_BIN } from '../processes.ts';

const ROWS = 1_000_000;

const MODEL = 'http://127.0.0.1:9/v1#bench';

/** Memory and time of a million rows in other forms than JSON lines, read and written. */
export const forms: Measurement = {
  name: 'forms',
  about:
    'a million rows as CSV and as Parquet: written by export, read by check; peak memory, time',
  measure: () =>
    withFolder(async (folder) => {
      const jsonl = await writeExperiment(folder, ROWS, [MODEL]);
      const csv = await writeCsv(folder);
      const parquet = join(folder, 'bench.parquet');
      return [
        figure('CSV written by export', await tutti(folder, ['export', jsonl, ...AS_CSV])),
        figure('CSV read by check', await tutti(folder, ['check', csv])),
        figure(
          'Parquet written by export',
          await tutti(folder, ['export', jsonl, '--format', 'parquet', '-o', parquet]),
        ),
        figure('Parquet read by check', await tutti(folder, ['check', parquet])),
      ];
    }),
};

const AS_CSV = ['--format', 'csv', '-o', 'written.csv'];

function figure(what: string, { peakMb, wallMs }: Finished): Figure {
  return {
    name: `peak memory, ${what}`,
    value: peakMb,
    unit: 'MiB',
    hold: { atMost: 300 },
    readings: { wallMs },
  };
}

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
    block += `row-${row},${MODEL},"${prompt}",0\n`;
    if (block.length > 1 << 16) {
      if (!stream.write(block)) await once(stream, 'drain');
      block = '';
    }
  }
  stream.end(block);
  await finished(stream);
  return path;
}
