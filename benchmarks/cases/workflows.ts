import { join } from 'node:path';
import { withFolder } from '../experiment-file.ts';
import type { Measurement } from '../measurement.ts';
import { runNode, startBareServer } from '../processes.ts';
import { median } from '../statistics.ts';

const CALLS = 30_000;
const IN_FLIGHT = 64;
const ROUNDS = 3;
const MANY = 1_000_000;
const STOPPED_AFTER = 100_000;
const SMALL_YOUNG = ['--max-semi-space-size=4'];
const CLIENT = join(import.meta.dirname, '../workflow-client.ts');

/** Calls/s of rows of several calls over those of rows that are declared to be one; memory with a million rows. */
export const workflows: Measurement = {
  name: 'workflows',
  about: `${CALLS} calls, ${IN_FLIGHT} in flight, a folder each, as the server saw them; ${MANY} rows stopped after ${STOPPED_AFTER}`,
  measure: async () => {
    const ratios = { chain: [] as number[], one: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      const single = await callsPerSecond('single', CALLS);
      ratios.chain.push((await callsPerSecond('chain', CALLS / 3)) / single);
      ratios.one.push((await callsPerSecond('one', CALLS)) / single);
    }
    const quick = await memoryOf({});
    const slow = await memoryOf({ delayMs: { slow: 60_000 } }, 'slow-lane');
    const ratio = (name: string, rounds: readonly number[], atLeast: number) => ({
      name,
      value: median(rounds),
      unit: 'ratio',
      hold: { atLeast },
      readings: { rounds },
    });
    const memory = (name: string, value: number) => ({
      name,
      value,
      unit: 'MiB',
      hold: { atMost: 300 },
    });
    return [
      ratio('three dependent calls / declared single rows', ratios.chain, 0.85),
      ratio('one undeclared call / declared single rows', ratios.one, 0.9),
      memory('peak memory, 1,000,000 rows of three calls', quick),
      memory('the same, all rows open before a slow lane', slow),
    ];
  },
};

async function callsPerSecond(kind: string, rows: number): Promise<number> {
  return withFolder(async (folder) => {
    const server = await startBareServer();
    const { exitCode, stderr } = await client(kind, rows, server.url, folder);
    const { firstMs = 0, lastMs = 0 } = await server.counts();
    await server.close();
    if (exitCode !== 0) throw new Error(`the ${kind} rows failed: ${stderr}`);
    return (CALLS / (lastMs - firstMs)) * 1000;
  });
}

function memoryOf(settings: object, kind = 'chain'): Promise<number> {
  return withFolder(async (folder) => {
    const server = await startBareServer(settings);
    const stopAfter = String(STOPPED_AFTER);
    // As the command line bounds its own young objects.
    const { peakMb } = await client(kind, MANY, server.url, folder, stopAfter, SMALL_YOUNG);
    await server.close();
    return peakMb;
  });
}

function client(
  kind: string,
  rows: number,
  url: string,
  folder: string,
  stopAfter = '0',
  flags: readonly string[] = [],
) {
  const run = join(folder, 'run');
  return runNode([...flags, CLIENT, kind, String(rows), url, run, String(IN_FLIGHT), stopAfter]);
}
