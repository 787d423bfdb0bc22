import { describe, expect, test } from 'vitest';
import { syntheticComparisons } from '../../../test/support/synthetic-comparisons.ts';
import { prepareRanking } from '../rating/prepare-ranking.ts';
import { rank } from '../rating/rank.ts';
import type { Comparison } from '../table/comparison.ts';
import { fitTest } from './fit-test.ts';
import { fragility } from './fragility.ts';
import { worstPairs } from './pair-residuals.ts';

const rows = syntheticComparisons({
  logStrengths: [1, 0.5, 0.5, 0, -1],
  rows: 3000,
  seed: 9,
  ties: 0.15,
});
const sum = (values: Iterable<number>) => [...values].reduce((total, one) => total + one, 0);

describe('what the model does not explain', () => {
  const planted = [
    ...rows,
    ...Array.from(
      { length: 40 },
      (): Comparison => ({ left: 'm4', right: 'm0', verdict: 'left', judge: 'j0' }),
    ),
  ];

  test.each(['bradley-terry', 'davidson', 'rao-kupper'] as const)(
    '%s: the planted upset is the worst pair',
    (method) => {
      const [worst] = worstPairs(prepareRanking(planted, { method }));
      expect(worst).toMatchObject({ item: 'm4', other: 'm0' });
      expect(worst!.standardised).toBeGreaterThan(2.5);
      expect(worst!.observed).toBeGreaterThan(worst!.expected + 10);
    },
  );

  test('the test of fit finds it, and finds nothing where the model holds', () => {
    for (const method of ['bradley-terry', 'davidson', 'rao-kupper'] as const) {
      expect(fitTest(prepareRanking(planted, { method })).p).toBeLessThan(0.01);
    }
    const p = Array.from(
      { length: 40 },
      (_, seed) =>
        fitTest(
          prepareRanking(
            syntheticComparisons({ logStrengths: [1, 0, 0, -1], rows: 600, seed }),
            {},
          ),
          199,
        ).p!,
    );
    expect(p.filter((one) => one < 0.1).length).toBeLessThanOrEqual(10);
    expect(Math.abs(sum(p) / 40 - 0.5)).toBeLessThan(0.17);
  });

  test('clusters keep it from taking repeated verdicts for a misfit', () => {
    let plain = 0;
    let clustered = 0;
    for (let seed = 0; seed < 20; seed++) {
      const once = syntheticComparisons({ logStrengths: [1, 0, 0, -1], rows: 500, seed });
      const repeated = once.flatMap((row, at) => Array(5).fill({ ...row, judge: `j${at}` }));
      if (fitTest(prepareRanking(repeated, { cluster: 'comparison' }), 99).p! < 0.05) plain++;
      if (fitTest(prepareRanking(repeated, { cluster: 'judge' }), 99).p! < 0.05) clustered++;
    }
    expect(plain).toBeGreaterThan(10);
    expect(clustered).toBeLessThan(4);
  });
});

describe('the test of fit by cluster', () => {
  const world = (seed: number, judges: number) =>
    syntheticComparisons({
      logStrengths: [1, 0.3, 0, 0, -0.3, -1],
      rows: 600,
      seed,
      judges: { count: judges, sd: 0.5 },
    });

  test('rejects about as often as it says where the model holds', () => {
    const p = Array.from(
      { length: 80 },
      (_, seed) => fitTest(prepareRanking(world(seed, 30), { cluster: 'judge' }), 199).p!,
    );
    expect(p.filter((one) => one < 0.1).length).toBeGreaterThan(1);
    expect(p.filter((one) => one < 0.1).length).toBeLessThan(17);
  });

  test('gives no verdict with fewer than 10 clusters', () => {
    expect(fitTest(prepareRanking(world(1, 9), { cluster: 'judge' })).p).toBeNull();
  });
});

describe('fragility', () => {
  test('names verdicts whose removal changes the first place, and one fewer does not', () => {
    const close = syntheticComparisons({ logStrengths: [0.3, 0.15, -0.5, -1], rows: 600, seed: 5 });
    const prepared = prepareRanking(close, {});
    const found = fragility(prepared);
    const before = rank(close).items[0]!.item;
    expect(found.first).toBe(before);
    expect(Math.abs(found.predicted! - found.verdicts!)).toBeLessThanOrEqual(2);
    const without = (spare: number) => {
      const left = found.removed.map((one) => ({ ...one, verdicts: one.verdicts }));
      left.at(-1)!.verdicts -= spare;
      const kept = close.filter((row) => {
        const winner = row.verdict === 'left' ? row.left : row.right;
        const match = left.find(
          (one) =>
            one.verdicts > 0 &&
            one.winner === winner &&
            one.items.includes(row.left) &&
            one.items.includes(row.right),
        );
        if (match !== undefined) match.verdicts--;
        return match === undefined;
      });
      expect(close.length - kept.length).toBe(found.verdicts! - spare);
      return rank(kept).items[0]!.item;
    };
    expect(without(0)).toBe(found.successor);
    expect(without(1)).toBe(before);
  });

  test('a first place far ahead hangs on many verdicts', () => {
    const { verdicts, share } = fragility(prepareRanking(rows, {}));
    expect(verdicts).toBeGreaterThan(40);
    expect(share).toBe(verdicts! / rows.length);
  });
});
