import { expect, test } from 'vitest';
import { syntheticComparisons } from '../../../test/support/synthetic-comparisons.ts';
import { clustersOf } from '../input/cluster-ids.ts';
import type { RankOptions } from '../options/options.ts';
import { prepareRanking } from '../rating/prepare-ranking.ts';
import { rank } from '../rating/rank.ts';
import type { Comparison } from '../table/comparison.ts';
import { accelerations } from './accelerations.ts';
import { sandwichInput } from './likelihood-errors.ts';

/** Efron's acceleration by the jackknife: one refit for each unit left out. */
function jackknife(
  rows: readonly Comparison[],
  options: RankOptions,
  unitOf: (row: number) => string,
) {
  const units = [...new Set(rows.map((_, row) => unitOf(row)))];
  const items = rank(rows, options).estimate!.items;
  const fits = units.map((unit) => {
    const { estimate } = rank(
      rows.filter((_, row) => unitOf(row) !== unit),
      options,
    );
    return items.map((item) => estimate!.values[estimate!.items.indexOf(item)]!);
  });
  return items.map((_, item) => {
    const mean = fits.reduce((sum, fit) => sum + fit[item]! / fits.length, 0);
    const power = (p: number) => fits.reduce((sum, fit) => sum + (mean - fit[item]!) ** p, 0);
    return power(3) / (6 * power(2) ** 1.5);
  });
}

const rows = syntheticComparisons({
  logStrengths: [1.5, 0.2, 0, -0.8],
  rows: 260,
  seed: 5,
  ties: 0.15,
  judges: { count: 30, sd: 0.5 },
});

test.each<[RankOptions, (row: number) => string]>([
  [{ cluster: 'comparison' }, String],
  [{ cluster: 'judge' }, (row) => rows[row]!.judge!],
  [{ cluster: 'comparison', method: 'davidson' }, String],
  [{ cluster: 'comparison', method: 'rao-kupper', side: true }, String],
])('influence values give the acceleration of the jackknife: %o', (options, unitOf) => {
  const prepared = prepareRanking(rows, options);
  const clusters = clustersOf(prepared.data.table, options.cluster!);
  const input = sandwichInput(prepared.data, prepared.fit.likelihood!, clusters);
  const found = accelerations(input, clusters[0]!, rows.length);
  jackknife(rows, options, unitOf).forEach((expected, item) => {
    expect(Math.abs(found[item]! - expected)).toBeLessThan(0.15 * Math.abs(expected) + 0.004);
  });
});
