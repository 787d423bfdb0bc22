import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFolder, writeExperiment } from '../experiment-file.ts';
import type { Measurement } from '../measurement.ts';
import { cpuOfNode, startBareServer, TUTTI_BIN, TUTTI_DIST } from '../processes.ts';
import { median } from '../statistics.ts';

const CALLS = 20_000;
const IN_FLIGHT = 100;
const ROUNDS = 5;
const BARE = join(import.meta.dirname, '../bare-client.ts');

/** Processor time of a call of `tutti run` over that of the bare loop: start, first pass and final files included. */
export const callCost: Measurement = {
  name: 'call-cost',
  about: `user and system time of the whole process, ${CALLS} rows, ${IN_FLIGHT} in flight, over the bare loop's`,
  measure: async () => {
    const server = await startBareServer();
    const bare: number[] = [];
    const source: number[] = [];
    const dist: number[] = [];
    // The first run fills the compile cache, as it does for a user.
    await costOfRun(TUTTI_BIN, server.url);
    await costOfRun(TUTTI_DIST, server.url);
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await cpuOfNode([BARE, server.url, String(CALLS), String(IN_FLIGHT)]));
      source.push(await costOfRun(TUTTI_BIN, server.url));
      dist.push(await costOfRun(TUTTI_DIST, server.url));
    }
    await server.close();
    const microseconds = (name: string, seconds: readonly number[]) => ({
      name,
      value: (median(seconds) / CALLS) * 1e6,
      unit: 'µs a call',
      hold: null,
      readings: { seconds },
    });
    const over = (seconds: readonly number[]) =>
      median(seconds.map((one, round) => one / bare[round]!));
    return [
      microseconds('bare undici.request', bare),
      microseconds('tutti run, from source', source),
      microseconds('tutti run, from dist', dist),
      { name: 'from source / bare', value: over(source), unit: 'ratio', hold: { atMost: 1.45 } },
      { name: 'from dist / bare', value: over(dist), unit: 'ratio', hold: { atMost: 1.35 } },
    ];
  },
};

function costOfRun(program: string, url: string): Promise<number> {
  return withFolder(async (folder) => {
    const file = await writeExperiment(folder, CALLS, [`${url}/v1#bench`]);
    const out = ['-o', join(folder, 'out'), '--quiet', '--concurrency', String(IN_FLIGHT)];
    // The launcher turns the compile cache on, for the bundle too.
    const cache = join(tmpdir(), 'tutti-bench-compile-cache');
    const env = { TUTTI_HOME: join(folder, 'home'), NODE_COMPILE_CACHE: cache };
    return cpuOfNode([program, 'run', file, ...out], env);
  });
}
