import { withFolder, writeExperiment } from '../experiment-file.ts';
import type { Figure, Measurement } from '../measurement.ts';
import { installParallelParrot, runParallelParrot } from '../peers/parallel-parrot.ts';
import { type BareServer, runExperiment, startBareServer } from '../processes.ts';
import { median } from '../statistics.ts';

const CALLS = 20_000;
const IN_FLIGHT = 100;
const ROUNDS = 5;

/** Calls/s of `tutti run` over those of another program on the same server, in turn, as the server saw them. */
export const peers: Measurement = {
  name: 'peers',
  about: `${CALLS} calls, ${IN_FLIGHT} in flight, a server without latency; from the first request to the last`,
  measure: () => withFolder(measureIn),
};

async function measureIn(folder: string): Promise<readonly Figure[]> {
  const parrot = installParallelParrot(folder);
  if ('missing' in parrot) {
    console.log(`  parallel-parrot 0.9 is left out: ${parrot.missing}`);
    return [];
  }
  const theirs: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(
      await callsPerSecond(({ url }) => runParallelParrot(parrot, url, CALLS, IN_FLIGHT)),
    );
    ours.push(
      await callsPerSecond(async ({ url }) => {
        const file = await writeExperiment(folder, CALLS, [`${url}/v1#bench`]);
        await runExperiment(file, folder, '--concurrency', String(IN_FLIGHT));
      }),
    );
  }
  const figure = (name: string, values: readonly number[]): Figure => ({
    name,
    value: median(values),
    unit: 'calls/s',
    hold: null,
    readings: { rounds: values },
  });
  const ratios = ours.map((value, round) => value / theirs[round]!);
  return [
    figure('parallel-parrot 0.9', theirs),
    figure('tutti run', ours),
    {
      name: 'tutti run / parallel-parrot 0.9',
      value: median(ratios),
      unit: 'ratio',
      hold: { atLeast: 2.4 },
      readings: { rounds: ratios },
    },
  ];
}

/** Calls a second that the server saw while `use` was at work. */
async function callsPerSecond(use: (server: BareServer) => Promise<void>): Promise<number> {
  const server = await startBareServer();
  await use(server);
  const { requests = 0, firstMs = 0, lastMs = 0 } = await server.counts();
  await server.close();
  return (requests / (lastMs - firstMs)) * 1000;
}
