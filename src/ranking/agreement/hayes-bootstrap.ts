import type { Random } from '../../core/clock.ts';
import type { UnitCounts } from './unit-counts.ts';

/**
 * Replicates of alpha after Hayes' KALPHA macro (Hayes and Krippendorff, 2007): the error 2 δ / E of
 * every pair of ratings inside a unit goes into one list; for each unit with m ratings m(m - 1)/2
 * errors are drawn from the whole list and divided by m - 1; alpha is 1 minus their sum, at least -1.
 * A second draw that hits the same place as the first of its unit is drawn once more, as there.
 *
 * @param pairDistance distance δ of two codes.
 * @param expected sum of expected disagreement over the coincidence matrix, above 0.
 */
export function hayesReplicates(
  counts: UnitCounts,
  pairDistance: (a: number, b: number) => number,
  expected: number,
  rounds: number,
  random: Random,
): Float64Array {
  const errors = pairErrors(counts, pairDistance, 2 / expected);
  const replicates = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let alpha = 1;
    for (const size of counts.size) alpha -= drawUnit(errors, size, random);
    replicates[round] = Math.max(-1, alpha);
  }
  return replicates;
}

function drawUnit(errors: Float64Array, size: number, random: Random): number {
  let [sum, first] = [0, -1];
  for (let k = 0; k < (size * (size - 1)) / 2; k++) {
    let place = Math.floor(random() * errors.length);
    if (k === 0) first = place;
    else if (k === 1 && place === first) place = Math.floor(random() * errors.length);
    sum += errors[place]!;
  }
  return sum / (size - 1);
}

function pairErrors(
  counts: UnitCounts,
  pairDistance: (a: number, b: number) => number,
  factor: number,
): Float64Array {
  const errors: number[] = [];
  for (let unit = 0; unit < counts.units; unit++) {
    for (let a = counts.start[unit]!; a < counts.start[unit + 1]!; a++) {
      const same = (counts.count[a]! * (counts.count[a]! - 1)) / 2;
      for (let k = 0; k < same; k++) errors.push(0);
      for (let b = counts.start[unit]!; b < a; b++) {
        const error = factor * pairDistance(counts.code[a]!, counts.code[b]!);
        for (let k = 0; k < counts.count[a]! * counts.count[b]!; k++) errors.push(error);
      }
    }
  }
  return Float64Array.from(errors);
}
