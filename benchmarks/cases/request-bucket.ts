import { withFolder, writeExperiment } from '../experiment-file.ts';
import type { Measurement } from '../measurement.ts';
import { runExperiment, startBareServer } from '../processes.ts';

const CALLS = 3_000;
const PER_MINUTE = 12_000;

/** Makespan under a request limit that the server enforces too, over the theoretical minimum. */
export const requestBucket: Measurement = {
  name: 'request-bucket',
  about: `${CALLS} calls at ${PER_MINUTE} a minute, 50 ms each; the server answers 429 above that, with room for one second's worth`,
  measure: () =>
    withFolder(async (folder) => {
      const server = await startBareServer({ delayMs: { '*': 50 }, requestsPerMinute: PER_MINUTE });
      const file = await writeExperiment(folder, CALLS, [`${server.url}/v1#bench`]);
      await runExperiment(file, folder, '--rpm', String(PER_MINUTE));
      const counts = await server.counts();
      await server.close();
      const minimumMs = (CALLS / PER_MINUTE) * 60_000;
      return [
        {
          name: 'makespan over the minimum',
          value: (counts.lastMs! - counts.firstMs!) / minimumMs,
          unit: 'ratio',
          hold: { atMost: 1.03 },
          readings: { ...counts, minimumMs },
        },
        {
          name: 'answered 429',
          value: (counts.tooFast! / CALLS) * 100,
          unit: '%',
          hold: { atMost: 0.5 },
        },
      ];
    }),
};
