import { once } from 'node:events';
import { join } from 'node:path';
import { withFolder, writeExperiment } from '../experiment-file.ts';
import type { Measurement } from '../measurement.ts';
import {
  type BareServer,
  runExperiment,
  startBareServer,
  startNode,
  TUTTI_DIST,
} from '../processes.ts';

const MANY = 1_000_000;
const FEWER = 100_000;

/** Memory of a run of a million rows, and how soon a half-done one goes on. */
export const millionRows: Measurement = {
  name: 'million-rows',
  about:
    'peak memory at 100,000 and 1,000,000 rows; a run killed at half: time to its first new call',
  measure: async () => {
    const fewerMb = (await memory(FEWER)).peakMb;
    const many = await memory(MANY);
    return [
      {
        name: 'peak memory, 1,000,000 rows',
        value: many.peakMb,
        unit: 'MiB',
        hold: { atMost: 300 },
        readings: { wallMs: many.wallMs },
      },
      { name: 'peak memory, 100,000 rows', value: fewerMb, unit: 'MiB', hold: null },
      {
        name: '1,000,000 rows over 100,000',
        value: many.peakMb / fewerMb,
        unit: 'ratio',
        hold: { atMost: 1.2 },
      },
      {
        name: 'resume to the first new call',
        value: await resume(),
        unit: 's',
        hold: { atMost: 10 },
      },
    ];
  },
};

function memory(rows: number): Promise<{ peakMb: number; wallMs: number }> {
  return withFolder(async (folder) => {
    const server = await startBareServer();
    const file = await writeExperiment(folder, rows, [`${server.url}/v1#bench`]);
    const tutti = await runExperiment(file, folder);
    await server.close();
    return tutti;
  });
}

function resume(): Promise<number> {
  return withFolder(async (folder) => {
    const server = await startBareServer();
    const file = await writeExperiment(folder, MANY, [`${server.url}/v1#bench`]);
    const first = startNode(runArguments(file, folder), home(folder));
    first.stdout!.resume();
    first.stderr!.resume();
    const exit = once(first, 'exit');
    await requestsReach(server, MANY / 2);
    first.kill('SIGKILL');
    await exit;
    const before = (await server.counts()).requests!;
    const startMs = performance.now();
    const second = startNode(runArguments(file, folder), home(folder));
    second.stdout!.resume();
    second.stderr!.resume();
    const ended = once(second, 'exit');
    await requestsReach(server, before + 1);
    const seconds = (performance.now() - startMs) / 1_000;
    second.kill('SIGKILL');
    await ended;
    await server.close();
    return seconds;
  });
}

function runArguments(file: string, folder: string): string[] {
  return [TUTTI_DIST, 'run', file, '-o', join(folder, 'out'), '--quiet'];
}

function home(folder: string): { env: Record<string, string> } {
  return { env: { TUTTI_HOME: join(folder, 'home') } };
}

async function requestsReach(server: BareServer, count: number): Promise<void> {
  while ((await server.counts()).requests! < count) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
