import { describe, expect, test } from 'vitest';
import { naiveListLikelihood } from '../../../test/support/naive/list-likelihood.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { bootstrap, rank } from '../rating/rank.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import { ComparisonTableBuilder } from '../table/comparison-table-builder.ts';

type List = readonly (string | readonly string[])[];

/** Lists taken apart into pairs, as files of lists are read. */
function tableOf(
  lists: readonly List[],
  { judges, weights }: { judges?: readonly string[]; weights?: readonly number[] } = {},
): ComparisonTable {
  const builder = new ComparisonTableBuilder();
  lists.forEach((list, at) => {
    const places = list.flatMap((group, place) =>
      [group].flat().map((item) => ({ item: item as string, place })),
    );
    places.forEach((one, first) => {
      for (const other of places.slice(first + 1)) {
        const verdict = one.place === other.place ? 2 : 0;
        const row = builder.add(
          builder.item(one.item),
          builder.item(other.item),
          verdict,
          weights?.[at],
        );
        builder.setGroup('ranking', row, `l${at}`);
        if (judges !== undefined) builder.setGroup('judge', row, judges[at]!);
      }
    });
  });
  return builder.finish();
}

const FOUR: readonly List[] = ['abc', 'bac', 'cab', 'acb'].map((list) => [...list]);

const TIED: readonly List[] = [
  ['a', ['b', 'c'], 'd'],
  [['a', 'b'], 'd', 'c'],
  ['d', 'c', 'b', 'a'],
  ['b', ['a', 'c', 'd']],
  [['c', 'a'], 'b'],
  ['c', 'd', 'a'],
];

function fitted(lists: readonly List[], options = {}) {
  const ranking = rank(tableOf(lists), { method: 'plackett-luce', ...options });
  const strength = (item: string) =>
    Math.log(ranking.items.find((one) => one.item === item)!.score);
  return { ranking, strength };
}

describe('plackett-luce', () => {
  test('four lists: a 1136.0, b = c 932.0, log-likelihood -6.1984', () => {
    const { ranking } = fitted(FOUR);
    expect(ranking.items.map(({ item }) => item)).toEqual(['a', 'b', 'c']);
    [1136, 932, 932].forEach((rating, at) => {
      expect(ranking.items[at]!.rating).toBeCloseTo(rating, 1);
    });
    expect(ranking.fit.logLikelihood).toBeCloseTo(-6.1984, 4);
    expect(ranking.fit).toMatchObject({ unit: 'ranking', clusters: 4, intervals: 'sandwich' });
  });

  test("six lists of fruit agree with R's PlackettLuce: 0, .2867987, -.4636687, tie2 -1.0701129", () => {
    const lists: readonly List[] = [
      ['apple', 'banana'],
      ['banana', 'orange', 'apple'],
      [['banana', 'orange'], 'apple'],
      ['apple', 'banana', 'orange'],
      [['banana', 'orange'], 'apple'],
      ['apple', 'orange'],
    ];
    // R adds half a win and half a loss of each item against a ghost, as lists of two.
    const fruit = ['apple', 'banana', 'orange'];
    const pseudo = fruit.flatMap((item) => [
      [item, 'ghost'],
      ['ghost', item],
    ]);
    const weights = [...lists.map(() => 1), ...pseudo.map(() => 0.5)];
    const table = tableOf([...lists, ...pseudo], { weights });
    const { items, fit } = rank(table, { method: 'plackett-luce' });
    const strength = (name: string) => Math.log(items.find(({ item }) => item === name)!.score);
    expect(strength('banana') - strength('apple')).toBeCloseTo(0.2867987, 6);
    expect(strength('orange') - strength('apple')).toBeCloseTo(-0.4636687, 6);
    expect(Math.log(fit.ties!.value)).toBeCloseTo(-1.0701129, 6);
  });

  test('is at the top of the likelihood written out over all sets', () => {
    const { ranking, strength } = fitted(TIED);
    const names = ['a', 'b', 'c', 'd'];
    const lists = TIED.map((list) =>
      list.map((group) => [group].flat().map((item) => names.indexOf(item as string))),
    );
    const [, text] = /delta3 = ([\d.]+\d)/.exec(ranking.warnings.join())!;
    const top = [...names.map(strength), Math.log(ranking.fit.ties!.value), Math.log(Number(text))];
    const height = (at: readonly number[]) =>
      naiveListLikelihood(lists, at.slice(0, 4), { 2: Math.exp(at[4]!), 3: Math.exp(at[5]!) });
    expect(ranking.fit.ties!.name).toBe('delta2');
    expect(height(top)).toBeCloseTo(ranking.fit.logLikelihood!, 6);
    top.forEach((_, place) => {
      for (const step of [-0.02, 0.02]) {
        const moved = top.map((value, at) => (at === place ? value + step : value));
        expect(height(moved)).toBeLessThan(height(top));
      }
    });
  });

  test("lists of two are Davidson's model", () => {
    const pairs: readonly List[] = [
      ['a', 'b'],
      ['a', 'b'],
      ['b', 'a'],
      [['a', 'b']],
      ['b', 'c'],
      ['c', 'b'],
      [['c', 'b']],
      ['a', 'c'],
    ];
    const table = tableOf(pairs);
    const lists = rank(table, { method: 'plackett-luce' });
    const davidson = rank(table, { method: 'davidson', cluster: 'comparison' });
    expect(lists.fit.ties!.value).toBeCloseTo(davidson.fit.ties!.value, 8);
    expect(lists.fit.logLikelihood).toBeCloseTo(davidson.fit.logLikelihood!, 8);
    lists.items.forEach((one, at) => {
      const same = davidson.items[at]!;
      for (const key of ['rating', 'low', 'high'] as const) {
        expect(one[key]).toBeCloseTo(same[key]!, 5);
      }
    });
  });

  test('the order of rows and which item stands on the left change nothing', () => {
    const table = tableOf(TIED);
    const order = Array.from({ length: table.rows }, (_, row) => row).reverse();
    const builder = new ComparisonTableBuilder();
    for (const row of order) {
      const [left, right] = [table.left[row]!, table.right[row]!];
      const names = [table.items[right]!, table.items[left]!] as const;
      const verdict = [1, 0, 2][table.verdict[row]!]!;
      const added = builder.add(builder.item(names[0]), builder.item(names[1]), verdict);
      builder.setGroup('ranking', added, `l${table.groups.ranking!.ids[row]}`);
    }
    const [one, other] = [table, builder.finish()].map((of) =>
      rank(of, { method: 'plackett-luce' }),
    );
    one!.items.forEach(({ item, rating, low }) => {
      const same = other!.items.find((found) => found.item === item)!;
      expect(same.rating).toBeCloseTo(rating!, 6);
      expect(same.low).toBeCloseTo(low!, 5);
    });
  });

  test('sandwich and bootstrap agree, also by judge', () => {
    const random = seededRandom(5);
    const strengths = { a: 1, b: 0.5, c: 0, d: -0.5 };
    const lists = Array.from({ length: 120 }, () =>
      Object.entries(strengths)
        .map(([item, strength]) => ({ item, at: strength - Math.log(-Math.log(random())) }))
        .sort((one, other) => other.at - one.at)
        .map(({ item }) => item),
    );
    const judges = lists.map((_, at) => `j${at % 40}`);
    for (const cluster of ['ranking', 'judge']) {
      const options = { method: 'plackett-luce', cluster } as const;
      const plain = rank(tableOf(lists, { judges }), options);
      const drawn = bootstrap(tableOf(lists, { judges }), { ...options, rounds: 80 });
      expect(drawn.fit.degenerateRounds).toBe(0);
      plain.items.forEach(({ low, high }, at) => {
        const ratio = (drawn.items[at]!.high! - drawn.items[at]!.low!) / (high! - low!);
        expect(ratio).toBeGreaterThan(0.7);
        expect(ratio).toBeLessThan(1.4);
      });
    }
  });

  test('refuses pairs, rows that are no list, lists without any order, and one that none beat', () => {
    const pair = { left: 'a', right: 'b', verdict: 'left' } as const;
    expect(() => rank([pair], { method: 'plackett-luce' })).toThrow(/needs ordered lists/);
    const cycle = new ComparisonTableBuilder();
    for (const [left, right] of [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ] as const) {
      const row = cycle.add(cycle.item(left), cycle.item(right), 0);
      cycle.setGroup('ranking', row, 'l1');
    }
    expect(() => rank(cycle.finish(), { method: 'plackett-luce' })).toThrow(/"l1" are not those/);
    expect(() => fitted([[['a', 'b', 'c']]])).toThrow(/one tie/);
    expect(() =>
      fitted([
        ['a', 'b'],
        ['a', 'b'],
      ]),
    ).toThrow(/cannot be put on one scale/);
    const { ranking } = fitted(
      [
        ['a', 'b', 'c'],
        ['a', 'c', 'b'],
      ],
      { prior: 0.5 },
    );
    expect(ranking.items.every(({ rankLow, rankHigh }) => rankLow === 1 && rankHigh === 3)).toBe(
      true,
    );
  });

  test('one list alone gives no intervals', () => {
    const { ranking } = fitted([['a', 'b', 'c']], { prior: 0.5 });
    expect(ranking.items[0]).toMatchObject({ item: 'a', low: null, rankLow: null });
    expect(ranking.warnings.join()).toMatch(/one ordered list only/);
  });
});
