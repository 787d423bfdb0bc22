import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { withFolder } from '../experiment-file.ts';
import type { Figure, Measurement } from '../measurement.ts';
import { cpuOfNode, runNode, startBareServer, TUTTI_DIST } from '../processes.ts';
import { median } from '../statistics.ts';

const MANY = 1_000_000;
/** What is done once costs the same with few rows as with many: a row's time is the difference. */
const FEW_ROWS = 2_000;
const TIMED_ROWS = 32_000;
const ROUNDS = 5;

/** Five objects, 325 bytes; a map of texts gets the same bytes. */
const OBJECTS = JSON.stringify({
  rows: Array.from({ length: 5 }, (_, n) => ({
    question: `Why is loaf ${n} light?`,
    answer: 'Yeast makes gas.',
  })),
});

/** Memory of maps of many rows, and what reading objects adds to a row. */
export const map: Measurement = {
  name: 'map',
  about:
    'peak memory of maps of 1,000,000 rows and of --dedupe-rows; processor time of a row with 5 objects over one with a text',
  measure: async () => [
    await peakOfMap('JSON lines', 'jsonl'),
    await peakOfMap('CSV', 'csv'),
    ...(await peakOfDedupe()),
    ...(await timeOfRow()),
  ],
};

async function peakOfMap(what: string, extension: 'jsonl' | 'csv'): Promise<Figure> {
  const server = await startBareServer();
  const { peakMb, wallMs } = await withFolder(async (folder) => {
    const table = await writeTable(folder, MANY, extension);
    return runMap([table, ...asking(server.url), '-o', join(folder, `o.${extension}`)], folder);
  });
  await server.close();
  const name = `peak memory, 1,000,000 rows, ${what}`;
  return { name, value: peakMb, unit: 'MiB', hold: { atMost: 300 }, readings: { wallMs } };
}

/** The same rows are gone through by a condition that drops none. */
function peakOfDedupe(): Promise<readonly Figure[]> {
  return withFolder(async (folder) => {
    const table = await writeTable(folder, MANY, 'jsonl');
    const words = [table, '-o', join(folder, 'o.jsonl')];
    const without = await runMap([...words, '--keep', 'id >= 0'], folder);
    const exact = await runMap([...words, '--dedupe-rows', 'text'], folder);
    const readings = { withoutMb: without.peakMb, exactMb: exact.peakMb, wallMs: exact.wallMs };
    const value = exact.peakMb - without.peakMb;
    const name = '--dedupe-rows of 1,000,000 rows, more than without';
    return [{ name, value, unit: 'MiB', hold: { atMost: 80 }, readings }];
  });
}

async function timeOfRow(): Promise<readonly Figure[]> {
  const server = await startBareServer({ answerText: OBJECTS });
  const texts: number[] = [];
  const objects: number[] = [];
  const ofObjects = ['--columns', 'question,answer'];
  // The first run fills the compile cache, as it does for a user.
  await secondsOf(FEW_ROWS, server.url, ofObjects);
  for (let round = 0; round < ROUNDS; round++) {
    texts.push(await secondsOfRow(server.url, []));
    objects.push(await secondsOfRow(server.url, ofObjects));
  }
  await server.close();
  const ratio = median(objects.map((one, round) => one / texts[round]!));
  const microseconds = (name: string, seconds: readonly number[]) => ({
    name,
    value: median(seconds) * 1e6,
    unit: 'µs a row',
    hold: null,
    readings: { seconds },
  });
  return [
    microseconds('a text', texts),
    microseconds('5 objects', objects),
    { name: '5 objects / a text', value: ratio, unit: 'ratio', hold: { atMost: 1.3 } },
  ];
}

async function secondsOfRow(url: string, words: readonly string[]): Promise<number> {
  const few = await secondsOf(FEW_ROWS, url, words);
  return ((await secondsOf(TIMED_ROWS, url, words)) - few) / (TIMED_ROWS - FEW_ROWS);
}

function secondsOf(rows: number, url: string, words: readonly string[]): Promise<number> {
  return withFolder(async (folder) => {
    const table = await writeTable(folder, rows, 'jsonl');
    const output = ['-o', join(folder, 'o.jsonl')];
    const cache = join(tmpdir(), 'tutti-bench-compile-cache');
    const env = { TUTTI_HOME: join(folder, 'home'), NODE_COMPILE_CACHE: cache };
    return cpuOfNode([TUTTI_DIST, 'map', table, ...asking(url), ...words, ...output, '--quiet'], {
      ...env,
      TUTTI_OUT: join(folder, 'out'),
    });
  });
}

function asking(url: string): readonly string[] {
  return ['--prompt', 'What is in this text? ${text}', '-m', `${url}/v1#bench`];
}

async function runMap(words: readonly string[], folder: string) {
  const env = { TUTTI_HOME: join(folder, 'home'), TUTTI_OUT: join(folder, 'out') };
  const run = await runNode([TUTTI_DIST, 'map', ...words, '--quiet'], { env });
  if (run.exitCode !== 0) throw new Error(`tutti map failed: ${run.stderr}`);
  return run;
}

async function writeTable(folder: string, rows: number, extension: string): Promise<string> {
  const path = join(folder, `table.${extension}`);
  const stream = createWriteStream(path);
  if (extension === 'csv') stream.write('id,text\n');
  for (let first = 0; first < rows; first += 1_000) {
    const ids = Array.from({ length: Math.min(1_000, rows - first) }, (_, n) => first + n);
    const lines = ids.map((id) => {
      const text = `Bread, of which this is loaf ${id}, rises.`;
      return extension === 'csv' ? `${id},"${text}"\n` : `${JSON.stringify({ id, text })}\n`;
    });
    if (!stream.write(lines.join(''))) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
  return path;
}
