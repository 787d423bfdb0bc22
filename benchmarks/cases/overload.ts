import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder } from '../experiment-file.ts';
import type { Figure, Measurement } from '../measurement.ts';
import { runNode, startServer, TUTTI_DIST } from '../processes.ts';

/** A server that is too weak for a while or for good, and what is asked of it. */
interface Strain {
  readonly name: string;
  readonly server: object;
  readonly rows: number;
  readonly options: readonly string[];
  /** What the best fixed number of calls in flight would take. */
  readonly idealMs: number;
}

const STRAINS: readonly Strain[] = [
  {
    name: '30 s of 503 in mid-run, 8,000 rows',
    server: { slots: 64, serviceMs: 100, outageMs: [4_000, 34_000] },
    rows: 8_000,
    options: ['--concurrency', '64'],
    idealMs: 30_000 + (8_000 / 64) * 100,
  },
  {
    name: 'a model that loads for 20 s, 100 rows',
    server: { slots: 8, serviceMs: 100, outageMs: [0, 20_000] },
    rows: 100,
    options: [],
    idealMs: 20_000 + (100 / 8) * 100,
  },
  {
    name: 'one call at a time, time-out 5 s, 100 rows',
    server: { slots: 1, serviceMs: 250 },
    rows: 100,
    options: ['--timeout', '5s'],
    idealMs: 25_000,
  },
  {
    name: 'a queue of 4 slots, time-out 5 s, 240 rows',
    server: { slots: 4, serviceMs: 500 },
    rows: 240,
    options: ['--timeout', '5s'],
    idealMs: 30_000,
  },
];

const GROUP_ROWS = 40;
const GROUP_SERVER = { slots: 64, serviceMs: 100, requestsPerMinute: 600 };

/** Rows lost to overloaded servers, and the time over the best; lanes of one group at one rate limit. */
export const overload: Measurement = {
  name: 'overload',
  about: 'rows lost to servers that are too weak for a while or for good, and time over the best',
  measure: async () => {
    const figures: Figure[] = [];
    for (const strain of STRAINS) {
      const { name, server, rows, options, idealMs } = strain;
      const readings = await run(server, rowsOf(rows, 1), options);
      const { lost, spanMs } = readings;
      figures.push(
        { name: `lost: ${name}`, value: lost, unit: 'rows', hold: { atMost: 0 }, readings },
        {
          name: '  time over the best',
          value: spanMs / idealMs,
          unit: 'ratio',
          hold: { atMost: 1.15 },
        },
      );
    }
    const one = await run(GROUP_SERVER, rowsOf(GROUP_ROWS, 1), []);
    const four = await run(GROUP_SERVER, rowsOf(GROUP_ROWS, 4), []);
    figures.push(
      {
        name: 'one lane, 40 rows at 600 a minute',
        value: one.spanMs / 1_000,
        unit: 's',
        hold: null,
        readings: one,
      },
      {
        name: 'four lanes of one group, the same',
        value: four.spanMs / 1_000,
        unit: 's',
        hold: { atMost: 6.5 },
        readings: four,
      },
    );
    return figures;
  },
};

/** Rows of several models in one group; the models take turns. */
function rowsOf(rows: number, models: number): (url: string) => string {
  return (url) =>
    Array.from({ length: rows }, (_, row) => {
      const model = `${url}/v1#busy-${row % models}`;
      return `${JSON.stringify({ id: `row-${row}`, prompt: `question ${row}`, model, group: 'g' })}\n`;
    }).join('');
}

/** Runs an experiment from dist against a busy server; rows that are no answer at its end are lost. */
function run(settings: object, rowsFor: (url: string) => string, options: readonly string[]) {
  return withFolder(async (folder) => {
    const server = await startServer('busy-server.ts', settings);
    const file = join(folder, 'rows.jsonl');
    await writeFile(file, rowsFor(server.url));
    const args = [TUTTI_DIST, 'run', file, '-o', join(folder, 'out'), '--quiet', '--json'];
    const { stdout } = await runNode([...args, ...options], {
      env: { TUTTI_HOME: join(folder, 'home') },
    });
    const counts = await server.counts();
    await server.close();
    const { rows, answered } = JSON.parse(stdout) as { rows: number; answered: number };
    return { lost: rows - answered, spanMs: counts.spanMs!, ...counts };
  });
}
