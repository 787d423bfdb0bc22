import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startSim } from '../../src/sim/index.ts';
import { withFolder } from '../experiment-file.ts';
import type { Measurement } from '../measurement.ts';
import { runNode, TUTTI_BIN, TUTTI_DIST } from '../processes.ts';
import { median } from '../statistics.ts';

const ROUNDS = 9;
const LATENCY_MS = 300;

/** What `ask` adds to its slowest answer, with four providers over four protocols. */
export const askOverhead: Measurement = {
  name: 'ask-overhead',
  about: `ask with openai, anthropic, gemini and mistral, ${LATENCY_MS} ms each: the whole process minus the latency, ${ROUNDS} rounds, warm cache`,
  measure: () =>
    withFolder(async (folder) => {
      if (!existsSync(TUTTI_DIST)) throw new Error('dist/ is missing: npm run build');
      const sim = await startSim({ latency: { kind: 'fixed', ms: LATENCY_MS }, log: false });
      const env = {
        TUTTI_HOME: join(folder, 'home'),
        OPENAI_API_KEY: 'not-a-key-1',
        OPENAI_BASE_URL: sim.baseUrl('openai-chat'),
        ANTHROPIC_API_KEY: 'not-a-key-2',
        ANTHROPIC_BASE_URL: sim.baseUrl('anthropic'),
        GEMINI_API_KEY: 'not-a-key-3',
        GEMINI_BASE_URL: sim.baseUrl('gemini'),
        MISTRAL_API_KEY: 'not-a-key-4',
        MISTRAL_BASE_URL: sim.baseUrl('openai-chat'),
        NODE_COMPILE_CACHE: join(folder, 'compile-cache'),
      };
      const models = ['openai/a', 'anthropic/b', 'gemini/c', 'mistral/d'].flatMap((m) => ['-m', m]);
      const overhead = async (program: string) => {
        const times: number[] = [];
        for (let round = -2; round < ROUNDS; round++) {
          const ask = await runNode([program, 'ask', 'What is 17 * 23?', ...models], { env });
          if (ask.exitCode !== 0) throw new Error(`tutti ask failed: ${ask.stderr}`);
          if (round >= 0) times.push(ask.wallMs - LATENCY_MS);
        }
        return median(times);
      };
      const source = await overhead(TUTTI_BIN);
      const dist = await overhead(TUTTI_DIST);
      await sim.close();
      return [
        { name: 'overhead from source', value: source, unit: 'ms', hold: { atMost: 500 } },
        { name: 'overhead from dist', value: dist, unit: 'ms', hold: { atMost: 250 } },
      ];
    }),
};
