import { join } from 'node:path';
import { withFolder, writeExperiment } from '../experiment-file.ts';
import type { Measurement } from '../measurement.ts';
import { type BareServer, runExperiment, runNode, startBareServer } from '../processes.ts';
import { median } from '../statistics.ts';

const CALLS = 100_000;
const IN_FLIGHT = 64;
const ROUNDS = 5;

/** Calls/s of `tutti run` against the bare loop, both as the server saw them; and of the whole process. */
export const throughput: Measurement = {
  name: 'throughput',
  about: `${CALLS} calls, ${IN_FLIGHT} in flight, a server without latency; from the first request to the last`,
  measure: async () => {
    const bare: number[] = [];
    const run: number[] = [];
    const whole: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await withServer(bareLoop));
      run.push(
        await withServer((server) =>
          withFolder(async (folder) => {
            const file = await writeExperiment(folder, CALLS, [`${server.url}/v1#bench`]);
            const options = ['--concurrency', String(IN_FLIGHT)];
            const { wallMs } = await runExperiment(file, folder, ...options);
            whole.push((CALLS / wallMs) * 1000);
          }),
        ),
      );
    }
    const ratios = run.map((callsPerSecond, round) => callsPerSecond / bare[round]!);
    const figure = (name: string, values: readonly number[]) => ({
      name,
      value: median(values),
      unit: 'calls/s',
      hold: null,
      readings: { rounds: values },
    });
    return [
      figure('bare undici.request', bare),
      figure('tutti run', run),
      figure('tutti run, start-up and final files included', whole),
      {
        name: 'tutti run / bare',
        value: median(ratios),
        unit: 'ratio',
        hold: { atLeast: 0.4 },
        readings: { rounds: ratios },
      },
    ];
  },
};

async function bareLoop({ url }: BareServer): Promise<void> {
  const program = join(import.meta.dirname, '../bare-client.ts');
  await runNode([program, url, String(CALLS), String(IN_FLIGHT)]);
}

/** Calls a second that the server saw while `use` was at work. */
async function withServer(use: (server: BareServer) => Promise<void>): Promise<number> {
  const server = await startBareServer();
  await use(server);
  const { firstMs = 0, lastMs = 0 } = await server.counts();
  await server.close();
  return (CALLS / (lastMs - firstMs)) * 1000;
}
