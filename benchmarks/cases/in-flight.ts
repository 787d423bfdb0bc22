import { withFolder, writeExperiment } from '../experiment-file.ts';
import type { Measurement } from '../measurement.ts';
import { runExperiment, startBareServer } from '../processes.ts';

const CALLS = 20_000;
const IN_FLIGHT = 1_000;

/** How near 1,000 calls in flight come to 1,000 calls a second, when each takes a second. */
export const inFlight: Measurement = {
  name: 'in-flight',
  about: `${CALLS} calls of 1 s, ${IN_FLIGHT} in flight; from the first request to the last answer`,
  measure: () =>
    withFolder(async (folder) => {
      const server = await startBareServer({ delayMs: { '*': 1_000 } });
      const file = await writeExperiment(folder, CALLS, [`${server.url}/v1#bench`]);
      const tutti = await runExperiment(file, folder, '--concurrency', String(IN_FLIGHT));
      const counts = await server.counts();
      await server.close();
      const seconds = (counts.lastMs! - counts.firstMs! + 1_000) / 1_000;
      return [
        {
          name: 'calls/s over the ideal',
          value: CALLS / seconds / IN_FLIGHT,
          unit: 'ratio',
          hold: { atLeast: 0.95 },
          readings: { ...counts, wallMs: tutti.wallMs },
        },
      ];
    }),
};
