import type { Comparison } from '../../../src/ranking/table/comparison.ts';

/**
 * The log posterior of Crowd-BT as printed: Σ ln (η p + (1 - η)(1 - p)) over decisive verdicts, the log
 * density of Beta(10, 1) for each judge, and half a win and half a loss of each item against strength 1.
 */
export function naiveCrowdPosterior(
  rows: readonly Comparison[],
  logStrengths: ReadonlyMap<string, number>,
  reliability: ReadonlyMap<string, number>,
): number {
  let sum = 0;
  for (const { left, right, verdict, judge, weight = 1 } of rows) {
    if (verdict !== 'left' && verdict !== 'right') continue;
    const [winner, loser] = verdict === 'left' ? [left, right] : [right, left];
    const [a, b] = [Math.exp(logStrengths.get(winner)!), Math.exp(logStrengths.get(loser)!)];
    const eta = reliability.get(judge!)!;
    sum += weight * Math.log((eta * a) / (a + b) + ((1 - eta) * b) / (a + b));
  }
  for (const eta of reliability.values()) sum += 9 * Math.log(eta);
  for (const value of logStrengths.values()) {
    const strength = Math.exp(value);
    sum += 0.5 * Math.log(strength / (1 + strength)) + 0.5 * Math.log(1 / (1 + strength));
  }
  return sum;
}
