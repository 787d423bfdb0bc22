import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder } from '../experiment-file.ts';
import type { Measurement } from '../measurement.ts';
import { runNode, startBareServer, TUTTI } from '../processes.ts';
import { median } from '../statistics.ts';

const ROWS = 2_000;
const IN_FLIGHT = 50;
const DELAYS_MS = { write: 50, judge: 100, polish: 50 };
const ROUNDS = 3;

/** A map of three steps, each on an endpoint of its own, over a map of the slowest of them alone. */
export const steps: Measurement = {
  name: 'steps',
  about: `${ROWS} rows through 3 steps, delays ${Object.values(DELAYS_MS).join(', ')} ms, ${IN_FLIGHT} in flight each`,
  measure: async () => {
    const rounds: { togetherMs: number; aloneMs: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const togetherMs = await makespan(['write', 'judge', 'polish']);
      rounds.push({ togetherMs, aloneMs: await makespan(['judge']) });
    }
    return [
      {
        name: 'makespan over the slowest step alone',
        value: median(rounds.map(({ togetherMs, aloneMs }) => togetherMs / aloneMs)),
        unit: 'ratio',
        hold: { atMost: 1.1 },
        readings: { rounds, idealMs: (ROWS / IN_FLIGHT) * DELAYS_MS.judge },
      },
    ];
  },
};

/** Time from the first request to the last. */
function makespan(names: readonly string[]): Promise<number> {
  return withFolder(async (folder) => {
    const server = await startBareServer({ delayMs: DELAYS_MS });
    const rows = Array.from({ length: ROWS }, (_, n) => `{"text":"row ${n}"}\n`);
    await writeFile(join(folder, 'rows.jsonl'), rows.join(''));
    const all = names.map((name, at) => {
      const before = at === 0 ? 'text' : names[at - 1];
      const asked = `prompt: 'What of \${${before}}?', column: ${name}`;
      return `  - { name: ${name}, model: '${server.url}/v1#${name}', ${asked} }\n`;
    });
    await writeFile(join(folder, 'steps.yaml'), `steps:\n${all.join('')}`);
    const words = ['map', 'rows.jsonl', '--steps', 'steps.yaml', '-o', 'out.jsonl', '-q'];
    const more = ['--concurrency', String(IN_FLIGHT)];
    const env = { TUTTI_HOME: join(folder, 'home') };
    const { exitCode, stderr } = await runNode([TUTTI, ...words, ...more], { cwd: folder, env });
    const { firstMs = 0, lastMs = 0, requests } = await server.counts();
    await server.close();
    if (exitCode !== 0 || requests !== ROWS * names.length) {
      throw new Error(`the map of ${names.join(', ')} failed: ${stderr}`);
    }
    return lastMs - firstMs;
  });
}
