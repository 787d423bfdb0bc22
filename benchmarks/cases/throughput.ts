import { join } from 'node:path';
import { withFolder, writeExperiment } from '../experiment-file.ts';
import type { Measurement } from '../measurement.ts';
import { runExperiment, runNode, startBareServer } from '../processes.ts';
import { median } from '../statistics.ts';

const CALLS = 100_000;
const IN_FLIGHT = 64;
const ROUNDS = 3;

/** Calls/s of a whole `tutti run` (start-up, first pass and final files included) against the bare loop. */
export const throughput: Measurement = {
  name: 'throughput',
  about: `${CALLS} calls, ${IN_FLIGHT} in flight, a server without latency; the whole process is timed`,
  measure: () =>
    withFolder(async (folder) => {
      const server = await startBareServer();
      const file = await writeExperiment(folder, CALLS, [`${server.url}/v1#bench`]);
      const bare: number[] = [];
      const run: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const client = await runNode([
          join(import.meta.dirname, '../bare-client.ts'),
          server.url,
          String(CALLS),
          String(IN_FLIGHT),
        ]);
        bare.push((JSON.parse(client.stdout) as { callsPerSecond: number }).callsPerSecond);
        const tutti = await runExperiment(file, folder, '--concurrency', String(IN_FLIGHT));
        run.push((CALLS / tutti.wallMs) * 1000);
      }
      await server.close();
      return [
        {
          name: 'bare undici.request',
          value: median(bare),
          unit: 'calls/s',
          hold: null,
          readings: { bare },
        },
        { name: 'tutti run', value: median(run), unit: 'calls/s', hold: null, readings: { run } },
        {
          name: 'tutti run / bare',
          value: median(run) / median(bare),
          unit: 'ratio',
          hold: { atLeast: 0.4 },
        },
      ];
    }),
};
