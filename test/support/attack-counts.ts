import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const RESULTS = fileURLToPath(new URL('../../benchmarks/results/attacks.json', import.meta.url));

/** Counts the attacks of one area: each that is tried, and those that hold. */
export interface AttackCounts {
  /** Tries one: it holds if nothing is thrown. What it throws fails the test. */
  readonly attack: (name: string, tryIt: () => void | Promise<void>) => Promise<void>;
}

/**
 * Begins to count an area. With WRITE_ATTACKS=1 its counts replace those of the same area in
 * `benchmarks/results/attacks.json` when its tests have ended.
 */
export function countAttacks(area: string): AttackCounts {
  const counts = { tried: 0, held: 0 };
  afterAll(() => {
    if (process.env.WRITE_ATTACKS !== '1') return;
    const known = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {};
    const areas = { ...known, [area]: counts };
    const sorted = Object.entries(areas).sort(([left], [right]) => (left < right ? -1 : 1));
    writeFileSync(RESULTS, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
  });
  return {
    attack: async (name, tryIt) => {
      counts.tried++;
      try {
        await tryIt();
        counts.held++;
      } catch (error) {
        throw new Error(`${area}: ${name}: ${String(error)}`, { cause: error });
      }
    },
  };
}
