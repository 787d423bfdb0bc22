import { expect, test } from 'vitest';
import { gamesFrom } from '../../../test/support/game-notation.ts';
import { syntheticComparisons } from '../../../test/support/synthetic-comparisons.ts';
import { prepareRanking } from '../rating/prepare-ranking.ts';
import { rank } from '../rating/rank.ts';
import { fragility } from './fragility.ts';
import { searchRemovals } from './removal-search.ts';

const votes = (counts: Readonly<Record<string, number>>) =>
  gamesFrom(
    Object.entries(counts)
      .flatMap(([game, count]) => Array(count).fill(game))
      .join(' '),
  );

test('finds the one vote that is enough where influences promise two', () => {
  const rows = votes({
    'i0>i2': 1,
    'i1>i0': 4,
    'i1>i2': 1,
    'i1>i3': 4,
    'i2>i0': 2,
    'i2>i1': 2,
    'i2>i3': 2,
    'i3>i0': 6,
    'i3>i1': 2,
    'i3>i2': 2,
  });
  const found = fragility(prepareRanking(rows, { prior: 0.5 }));
  expect(found).toMatchObject({ first: 'i1', successor: 'i2', verdicts: 1, exact: true });
  expect(found.removed).toEqual([{ winner: 'i0', items: ['i0', 'i2'], verdicts: 1 }]);
});

test('finds five votes where influences find none', () => {
  const rows = votes({
    'i0>i2': 2,
    'i0>i3': 1,
    'i1>i0': 2,
    'i1>i2': 5,
    'i1>i3': 3,
    'i2>i0': 2,
    'i2>i3': 1,
    'i3>i0': 4,
    'i3>i2': 6,
  });
  const found = fragility(prepareRanking(rows, { prior: 0.5 }));
  expect(found).toMatchObject({ first: 'i1', verdicts: 5, exact: true, atLeast: 5 });
  const left = [...found.removed];
  const kept = rows.filter(({ left: winner, right }) => {
    const at = left.findIndex(
      (one) => one.verdicts > 0 && one.winner === winner && one.items.includes(right),
    );
    if (at >= 0) left[at] = { ...left[at]!, verdicts: left[at]!.verdicts - 1 };
    return at < 0;
  });
  expect(kept).toHaveLength(rows.length - 5);
  expect(rank(kept, { prior: 0.5 }).items[0]!.item).toBe(found.successor);
});

test('says "at most" where not all smaller sets can be tried', () => {
  const rows = syntheticComparisons({ logStrengths: [0.6, 0.2, 0, 0, 0, 0], rows: 3000, seed: 3 });
  const found = fragility(prepareRanking(rows, {}));
  expect(found.verdicts).toBeGreaterThan(5);
  expect(found.exact).toBe(false);
  expect(found.atLeast).toBeGreaterThan(1);
  expect(found.atLeast).toBeLessThan(found.verdicts!);
});

test('a search tries every set once, kinds with their counts, and stops at its budget', () => {
  const kinds = [2, 1, 3].map((count, cell) => ({ cell, weight: 1, count }));
  const seen: string[] = [];
  const note = (removals: readonly { kind: { cell: number }; count: number }[]) => {
    seen.push(removals.map(({ kind, count }) => `${kind.cell}x${count}`).join(' '));
    return false;
  };
  expect(searchRemovals(kinds, 4, 1000, note)).toEqual({ removals: null, atLeast: 4 });
  // Sizes 1, 2 and 3: 3 + 5 + 6 sets.
  expect(new Set(seen).size).toBe(14);
  expect(seen).toHaveLength(14);
  expect(searchRemovals(kinds, 9, 1000, () => false)).toMatchObject({ atLeast: 9 });
  expect(searchRemovals(kinds, 9, 7, () => false)).toEqual({ removals: null, atLeast: 2 });
});
