import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { countAttacks } from '../support/attack-counts.ts';
import { onlyRunOf, recordsOf, writeExperiment } from '../support/run-results.ts';
import { referenceOf, startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTutti, tutti } from '../support/tutti-process.ts';

const { attack } = countAttacks('processes: random signals');
const ROWS = 60;
const IN_FLIGHT = 4;

test.each(['SIGKILL', 'SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)(
  '%s at random moments loses no saved answer, and the same command goes on',
  async (signal) => {
    const random = seededRandom(7);
    for (let number = 0; number < 10; number++) {
      const afterMs = Math.round(100 + random() * 900);
      await attack(`${signal} after ${afterMs} ms`, async () => {
        const folder = temporaryFolder();
        const sim = await startedSim({ latency: { kind: 'uniform', fromMs: 10, toMs: 60 } });
        const rows = Array.from({ length: ROWS }, (_, id) => ({
          id,
          model: referenceOf(sim),
          prompt: id % 5 === 4 ? [`first ${id}`, `second ${id}`] : `question ${id}`,
        }));
        const file = writeExperiment(folder, 'e.jsonl', rows);
        const words = ['run', file, '-o', 'o', '--concurrency', String(IN_FLIGHT)];
        const going = startTutti(words, { cwd: folder });
        await sleep(afterMs);
        going.kill(signal);
        await going.done;
        const again = await tutti(words, { cwd: folder });
        expect(again.code, again.stderr).toBe(0);
        const records = recordsOf(onlyRunOf(`${folder}/o`, 'e'));
        expect(records.map(({ id, response }) => [id, response])).toEqual(
          rows.map(({ id, prompt }) => [
            id,
            Array.isArray(prompt) ? prompt.map((turn) => `echo: ${turn}`) : `echo: ${prompt}`,
          ]),
        );
        expect(sim.counts.requests).toBeLessThanOrEqual(ROWS + ROWS / 5 + IN_FLIGHT);
        await sim.close();
      });
    }
  },
);
