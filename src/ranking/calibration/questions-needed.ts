import { normalQuantile } from '../numerics/distributions.ts';

const DIFFERENCE = 0.05;
const POWER = 0.8;
const LEVEL = 0.05;

/**
 * Questions that it takes to see a difference of 5 points with a power of 80 % (two-sided, 5 %), by the formula for
 * paired 0/1 values of Connor (1987): n = (z √p + z' √(p - d²))² / d².
 *
 * @param discordant share of questions on which only one of the two is right, from 0 to 1.
 */
export function questionsNeeded(discordant: number): number {
  // Fewer cannot hold a difference of that size.
  const share = Math.max(discordant, DIFFERENCE);
  const square = DIFFERENCE * DIFFERENCE;
  const level = normalQuantile(1 - LEVEL / 2) * Math.sqrt(share);
  const power = normalQuantile(POWER) * Math.sqrt(share - square);
  return Math.ceil((level + power) ** 2 / square);
}
