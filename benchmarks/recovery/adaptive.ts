import { seededRandom } from '../../src/core/seeded-random.ts';
import { planPairs, rank } from '../../src/ranking/index.ts';
import type { Comparison } from '../../src/ranking/table/comparison.ts';
import { centred, drawWorld } from './worlds.ts';

/** Numbers of votes at which the error is measured. */
export const MEASURED_AT = [60, 100, 160, 300, 600, 1000, 2000] as const;
/** Votes on pairs spread evenly with which every run begins. */
const START = 60;

type Strategy = 'balanced' | 'adaptive';

/** Root mean squared errors of log strengths at each of `MEASURED_AT`, over all worlds. */
export interface PairStrategyErrors {
  readonly balanced: readonly number[];
  readonly adaptive: readonly number[];
  /** Difference of squared errors, adaptive minus balanced, over its standard error; 0 for none at all. */
  readonly z: readonly number[];
}

/**
 * Lets two strategies choose pairs in the same seeded worlds, a batch at a time (a tenth of the votes
 * so far, 20 at least), and compares how far the fitted log strengths are from the true ones.
 */
export function measurePairStrategies(
  worlds: number,
  shape: { items: number; sd: number },
): PairStrategyErrors {
  const squares: Record<Strategy, number[][]> = { balanced: [], adaptive: [] };
  for (let seed = 1; seed <= worlds; seed++) {
    const truth = centred(drawWorld(seed, shape).logStrengths);
    for (const strategy of ['balanced', 'adaptive'] as const) {
      squares[strategy].push(errorsOf(strategy, truth, seed));
    }
  }
  const rmse = (strategy: Strategy) =>
    MEASURED_AT.map((_, k) => Math.sqrt(mean(squares[strategy].map((one) => one[k]!))));
  const z = MEASURED_AT.map((_, k) =>
    scoreOf(squares.adaptive.map((one, world) => one[k]! - squares.balanced[world]![k]!)),
  );
  return { balanced: rmse('balanced'), adaptive: rmse('adaptive'), z };
}

/** Mean squared error of the log strengths at each number of votes. */
function errorsOf(strategy: Strategy, truth: readonly number[], seed: number): number[] {
  const items = truth.map((_, item) => ({ item: `m${item}` }));
  const random = seededRandom(seed, 5);
  const rows: Comparison[] = [];
  const judge = (chosen: Strategy, count: number) => {
    const { pairs } = planPairs(items, {
      strategy: chosen,
      count,
      comparisons: rows.length === 0 ? undefined : rows,
      seed: seed + rows.length,
    });
    for (const { left, right } of pairs) {
      const d = truth[Number(left.slice(1))]! - truth[Number(right.slice(1))]!;
      rows.push({ left, right, verdict: random() < 1 / (1 + Math.exp(-d)) ? 'left' : 'right' });
    }
  };
  judge('balanced', START);
  return MEASURED_AT.map((votes) => {
    while (rows.length < votes) {
      judge(strategy, Math.min(votes - rows.length, Math.max(20, Math.floor(rows.length / 10))));
    }
    return squaredError(rows, truth);
  });
}

function squaredError(rows: readonly Comparison[], truth: readonly number[]): number {
  const ranked = rank(rows, { prior: 0.5, intervals: 'none' });
  const found = new Map(ranked.items.map(({ item, rating }) => [item, rating!]));
  const scale = Math.LN10 / 400;
  const values = centred(truth.map((_, item) => scale * (found.get(`m${item}`) ?? 1000)));
  return mean(values.map((value, item) => (value - truth[item]!) ** 2));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function scoreOf(differences: readonly number[]): number {
  const middle = mean(differences);
  const variance = mean(differences.map((one) => (one - middle) ** 2));
  return variance === 0 ? 0 : middle / Math.sqrt(variance / (differences.length - 1));
}
