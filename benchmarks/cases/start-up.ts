import { existsSync } from 'node:fs';
import type { Measurement } from '../measurement.ts';
import { runNode, TUTTI, TUTTI_DIST } from '../processes.ts';
import { median } from '../statistics.ts';

const ROUNDS = 11;

/** `tutti --help` over a Node that does nothing. */
export const startUp: Measurement = {
  name: 'start-up',
  about: `tutti --help against node -e 0, ${ROUNDS} rounds in turn`,
  measure: async () => {
    if (!existsSync(TUTTI_DIST)) throw new Error('dist/ is missing: npm run build');
    const nothing: number[] = [];
    const dist: number[] = [];
    const source: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      nothing.push((await runNode(['-e', '0'])).wallMs);
      dist.push((await runNode([TUTTI_DIST, '--help'])).wallMs);
      source.push((await runNode([TUTTI, '--help'])).wallMs);
    }
    return [
      { name: 'node -e 0', value: median(nothing), unit: 'ms', hold: null },
      { name: 'tutti --help from source', value: median(source), unit: 'ms', hold: null },
      { name: 'tutti --help from dist', value: median(dist), unit: 'ms', hold: null },
      {
        name: 'tutti --help from dist / node -e 0',
        value: median(dist) / median(nothing),
        unit: 'ratio',
        hold: { atMost: 3 },
      },
    ];
  },
};
