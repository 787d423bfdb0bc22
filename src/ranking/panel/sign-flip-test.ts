import { fairCoinTwoSided, normalProbability } from '../numerics/distributions.ts';

/** Beyond so many steps the sum is taken for normal, which it then is to all digits that are shown. */
const MAX_STEPS = 20_000_000;

/**
 * Exact two-sided test that whole numbers, one an independent unit, are as likely to have the other sign: the
 * probability of a sum as far from 0 when all signs are thrown. With 1, 0 and -1 alone it is McNemar's exact
 * test; where a unit holds several pairs it does not take them for independent, as that test would.
 */
export function signFlipTwoSided(differences: readonly number[]): number {
  const sizes = differences.filter((one) => one !== 0).map(Math.abs);
  const sum = Math.abs(differences.reduce((total, one) => total + one, 0));
  const most = sizes.reduce((total, one) => total + one, 0);
  if (sum === 0) return 1;
  if (sizes.every((size) => size === 1))
    return fairCoinTwoSided((most + sum) / 2, (most - sum) / 2);
  if (sizes.length * most > MAX_STEPS) {
    const squares = sizes.reduce((total, one) => total + one * one, 0);
    return 2 * normalProbability(-sum / Math.sqrt(squares));
  }
  // Probability of each sum of those whose sign is plus.
  const chance = new Float64Array(most + 1);
  chance[0] = 1;
  let reach = 0;
  for (const size of sizes) {
    reach += size;
    for (let at = reach; at >= 0; at--) {
      chance[at] = (chance[at]! + (at >= size ? chance[at - size]! : 0)) / 2;
    }
  }
  let tail = 0;
  for (let at = (most + sum) / 2; at <= most; at++) tail += chance[at]!;
  return Math.min(1, 2 * tail);
}
