import type { Random } from '../../core/clock.ts';
import type { UnsidedPair } from './pair-space.ts';

/**
 * Decides which item of each pair is shown on the left (`a`): the one that was there less often so
 * far, else a throw of a coin.
 *
 * @param leftSurplus times on the left minus times on the right of each item until now.
 */
export function withSides(
  pairs: readonly UnsidedPair[],
  leftSurplus: Float64Array,
  random: Random,
): UnsidedPair[] {
  const surplus = leftSurplus.slice();
  return pairs.map(({ prompt, a, b }) => {
    const difference = surplus[a]! - surplus[b]!;
    const swap = difference > 0 || (difference === 0 && random() < 0.5);
    const [left, right] = swap ? [b, a] : [a, b];
    surplus[left]! += 1;
    surplus[right]! -= 1;
    return { prompt, a: left, b: right };
  });
}
