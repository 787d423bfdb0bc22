import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeComparisons } from '../comparison-file.ts';
import { withFolder } from '../experiment-file.ts';
import type { Figure, Measurement } from '../measurement.ts';
import { runNode, TUTTI_DIST } from '../processes.ts';
import { median } from '../statistics.ts';

const ROUNDS = 7;
const FEWER_ROUNDS = 5;
const MODELS = 200;
const JUDGES = 500;
const MILLION = 1_000_000;

interface Reading {
  readonly seconds: number;
  readonly peakMb: number;
  /** What was read, for whoever doubts it. */
  readonly all: { readonly seconds: readonly number[]; readonly cpuSeconds: readonly number[] };
}

/** Whole processes of `rank` on a million and ten million comparisons of 200 models, start-up included. */
export const ranking: Measurement = {
  name: 'ranking',
  about: `rank of a CSV file, ${MODELS} models, sandwich intervals; medians of ${ROUNDS} (bootstrap and 10,000,000 rows: ${FEWER_ROUNDS}) whole processes`,
  measure: () =>
    withFolder(async (folder) => {
      if (!existsSync(TUTTI_DIST)) throw new Error('dist/ is missing: npm run build');
      const file = (name: string, rows: number, judges = 0) => {
        const path = join(folder, `${name}.csv`);
        writeComparisons(path, { rows, models: MODELS, judges });
        return path;
      };
      const million = file('million', MILLION);
      const plain = await rank([million], ROUNDS);
      const bootstrap = await rank([million, '--intervals', 'bootstrap'], FEWER_ROUNDS);
      const judged = await rank([file('judged', MILLION, JUDGES)], FEWER_ROUNDS);
      const tenfold = await rank([file('tenfold', 10 * MILLION)], FEWER_ROUNDS);
      const bytesByCluster = ((judged.peakMb - plain.peakMb) * 2 ** 20) / MILLION;
      return [
        seconds('rank', plain.seconds, 1.5, plain.all),
        megabytes('rank, peak memory', plain.peakMb, 150),
        seconds('1,000 bootstrap rounds more', bootstrap.seconds - plain.seconds, 4, bootstrap.all),
        megabytes('with the bootstrap, peak memory', bootstrap.peakMb, 400),
        seconds('rank of 10,000,000 rows', tenfold.seconds, 6, tenfold.all),
        megabytes('10,000,000 rows, peak memory', tenfold.peakMb, 150),
        {
          name: 'by cluster (500 judges), bytes a row more',
          value: Math.max(0, bytesByCluster),
          unit: 'bytes',
          hold: { atMost: 16 },
          readings: judged.all,
        },
      ];
    }),
};

async function rank(words: readonly string[], rounds: number): Promise<Reading> {
  const all = { seconds: [] as number[], cpuSeconds: [] as number[] };
  const peaks: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const done = await runNode([TUTTI_DIST, 'rank', ...words, '--json', '--quiet']);
    if (done.exitCode !== 0) throw new Error(`tutti rank failed: ${done.stderr}`);
    all.seconds.push(done.wallMs / 1000);
    all.cpuSeconds.push(done.cpuSeconds);
    peaks.push(done.peakMb);
  }
  return { seconds: median(all.seconds), peakMb: Math.max(...peaks), all };
}

function seconds(name: string, value: number, atMost: number, all: Reading['all']): Figure {
  return { name, value, unit: 's', hold: { atMost }, readings: all };
}

function megabytes(name: string, value: number, atMost: number): Figure {
  return { name, value, unit: 'MiB', hold: { atMost } };
}
