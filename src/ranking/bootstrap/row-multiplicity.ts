import type { Random } from '../../core/clock.ts';

/** One list of clusters of a resampling; null ids: each row is its own. */
export interface ResampledUnit {
  readonly ids: Uint32Array | null;
  readonly count: number;
}

/**
 * Draws how often each row takes part in a round: as many clusters as there are, with replacement, and
 * every row as often as its cluster. With two units the two numbers are multiplied (Owen's pigeonhole
 * bootstrap, 2007).
 */
export function drawMultiplicity(
  units: readonly ResampledUnit[],
  random: Random,
  times: Float64Array,
): void {
  times.fill(1);
  for (const { ids, count } of units) {
    const drawn = new Uint32Array(count);
    for (let draw = 0; draw < count; draw++) drawn[Math.floor(random() * count)]!++;
    for (let row = 0; row < times.length; row++) {
      times[row]! *= drawn[ids === null ? row : ids[row]!]!;
    }
  }
}
