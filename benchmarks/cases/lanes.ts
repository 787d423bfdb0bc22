import { withFolder, writeExperiment } from '../experiment-file.ts';
import type { Measurement } from '../measurement.ts';
import { runExperiment, startBareServer } from '../processes.ts';

const ROWS_EACH = 10_000;
const IN_FLIGHT = 64;
const DELAYS_MS = { a: 20, b: 40, c: 80, d: 160 };

/** Four lanes of different speed with interleaved rows, over the slowest lane alone. */
export const lanes: Measurement = {
  name: 'lanes',
  about: `4 x ${ROWS_EACH} interleaved rows, delays ${Object.values(DELAYS_MS).join(', ')} ms, ${IN_FLIGHT} in flight each`,
  measure: async () => {
    const together = await makespan(['a', 'b', 'c', 'd']);
    const alone = await makespan(['d']);
    return [
      {
        name: 'makespan over the slowest lane alone',
        value: together / alone,
        unit: 'ratio',
        hold: { atMost: 1.03 },
        readings: {
          togetherMs: together,
          aloneMs: alone,
          idealMs: (ROWS_EACH / IN_FLIGHT) * DELAYS_MS.d,
        },
      },
    ];
  },
};

/** Time from the first request to the last. */
function makespan(names: readonly string[]): Promise<number> {
  return withFolder(async (folder) => {
    const server = await startBareServer({ delayMs: DELAYS_MS });
    const models = names.map((name) => `${server.url}/v1#${name}`);
    const file = await writeExperiment(folder, ROWS_EACH * names.length, models);
    await runExperiment(file, folder, '--concurrency', String(IN_FLIGHT));
    const counts = await server.counts();
    await server.close();
    return counts.lastMs! - counts.firstMs!;
  });
}
