import { binomialHalfProbability, fairCoinTwoSided } from '../numerics/distributions.ts';

/**
 * McNemar's test of paired 0/1 values as a mid-p-value (Fagerland, Lydersen and Laake, 2013): the exact two-sided
 * binomial probability of the discordant units, less the probability of the split that was seen. It stays near its
 * level where the exact test is far below it.
 *
 * @param better units in which only the first is 1
 * @param worse units in which only the second is 1
 */
export function mcnemarMidP(better: number, worse: number): number {
  if (better === worse) return 1;
  const seen = binomialHalfProbability(Math.min(better, worse), better + worse);
  return fairCoinTwoSided(better, worse) - seen;
}
