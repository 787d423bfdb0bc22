import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PanelVerdict, panelStatistics } from './index.ts';
import { signFlipTwoSided } from './sign-flip-test.ts';

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly prompts: number;
}

const known = JSON.parse(
  readFileSync(new URL('./reference-values.json', import.meta.url), 'utf8'),
) as {
  verdicts: PanelVerdict[];
  responders: Record<string, Interval & { top1: number; top2: number; withoutSelf: number }>;
  matrix: Record<string, Record<string, number>>;
  agreement: Interval & { nullW: number; meanCorrelation: number };
  selfPreference: { overall: Interval; judges: Record<string, Interval> };
  flips: { pairs: number; consistent: number; firstTwice: number; secondTwice: number };
  netPValue: number;
  netPValueOfScipy: number;
  signFlips: [number[], number][];
  mcnemar: [number, number, number][];
  wilson: [number, number, number, number][];
};

const close = (value: number) => expect.closeTo(value, 10);
const closeInterval = ({ value, low, high, prompts }: Interval) => ({
  value: close(value),
  low: close(low),
  high: close(high),
  prompts,
});

function verdict(
  prompt: string,
  judge: string,
  ranking: PanelVerdict['ranking'],
  { round = 1, shown = (ranking ?? []).flat().toSorted() }: Partial<PanelVerdict> = {},
): PanelVerdict {
  return { prompt, round, judge, shown, ranking };
}

describe('against scipy and statsmodels', () => {
  const found = panelStatistics(known.verdicts);

  it('gives mean ranks of prompts with their intervals, places broken at random, and ranks without own votes', () => {
    for (const responder of found.responders) {
      const { value, low, high, top1, top2, withoutSelf } = known.responders[responder.model]!;
      expect(responder).toEqual({
        model: responder.model,
        meanRank: close(value),
        low: close(low),
        high: close(high),
        top1: close(top1),
        top2: close(top2),
        meanRankWithoutSelf: close(withoutSelf),
      });
    }
    expect(found.matrix).toEqual(
      Object.fromEntries(
        Object.entries(known.matrix).map(([judge, row]) => [
          judge,
          Object.fromEntries(Object.entries(row).map(([model, value]) => [model, close(value)])),
        ]),
      ),
    );
  });

  it("gives Kendall's W of each ranked set by Friedman's statistic, what chance gives, and the correlation", () => {
    const { value, low, high, nullW, meanCorrelation } = known.agreement;
    expect(found.agreement).toEqual({
      kendallW: close(value),
      low: close(low),
      high: close(high),
      nullW: close(nullW),
      meanCorrelation: close(meanCorrelation),
    });
  });

  it('gives self-preference over all and of each judge that answered', () => {
    const { overall, judges } = known.selfPreference;
    expect(found.selfPreference.overall).toEqual(closeInterval(overall));
    expect(found.selfPreference.judges.map(({ judge }) => judge).toSorted()).toEqual(
      Object.keys(judges).toSorted(),
    );
    for (const { judge, ...own } of found.selfPreference.judges) {
      expect(own).toEqual(closeInterval(judges[judge]!));
    }
  });

  it('counts pairs in both orders, and tests the two kinds of reversal by throwing the signs of prompts', () => {
    const { pairs, consistent, firstTwice, secondTwice } = known.flips;
    expect(found.flips).toMatchObject({
      pairs,
      consistent: { count: consistent, of: pairs },
      reversed: { count: firstTwice + secondTwice, of: pairs },
      firstTwice: { count: firstTwice },
      secondTwice: { count: secondTwice },
    });
    expect(found.flips.mcnemar).toBeCloseTo(known.netPValue, 10);
    // Its permutation test is exact too, and counts as it goes.
    expect(known.netPValueOfScipy).toBeCloseTo(known.netPValue, 3);
  });

  it("gives McNemar's exact test and Wilson's interval where a prompt holds one pair", () => {
    for (const [first, second, p] of known.mcnemar) {
      const signs = [...Array(first).fill(1), ...Array(second).fill(-1)];
      expect(signFlipTwoSided(signs) / p).toBeCloseTo(1, 9);
    }
    for (const [numbers, p] of known.signFlips)
      expect(signFlipTwoSided(numbers)).toBeCloseTo(p, 12);
    // Too many to list all signs: as a normal sum.
    const many = Array.from(
      { length: 2_000 },
      (_, at) => (at % 2 === 1 || at >= 1960 ? 1 : -1) * (at + 1),
    );
    expect(signFlipTwoSided(many)).toBeCloseTo(0.12054642174492905, 12);
    for (const [count, of, low, high] of known.wilson) {
      const { flips } = panelStatistics(bothOrders(of, count));
      expect(flips.firstTwice).toEqual({
        count,
        of,
        share: count / of,
        low: close(low),
        high: close(high),
      });
    }
  });
});

/** Prompts on which one judge sees two answers in both orders, and takes the first of both on some. */
function bothOrders(prompts: number, firstTwice: number): PanelVerdict[] {
  return Array.from({ length: prompts }, (_, prompt) => {
    const again = prompt < firstTwice ? [['b'], ['a']] : [['a'], ['b']];
    return [
      verdict(`p${prompt}`, 'j', [['a'], ['b']], { shown: ['a', 'b'] }),
      verdict(`p${prompt}`, 'j', again, { round: 2, shown: ['b', 'a'] }),
    ];
  }).flat();
}

describe('by hand', () => {
  it('shares ranks and places among ties', () => {
    const { responders } = panelStatistics([verdict('p', 'j', [['a', 'b', 'c'], ['d']])]);
    expect(responders.map(({ meanRank }) => meanRank)).toEqual([2, 2, 2, 4]);
    expect(responders.map(({ top1 }) => top1)).toEqual([
      close(100 / 3),
      close(100 / 3),
      close(100 / 3),
      0,
    ]);
    expect(responders.map(({ top2 }) => top2)).toEqual([
      close(200 / 3),
      close(200 / 3),
      close(200 / 3),
      0,
    ]);
  });

  it('averages the judges and rounds of a prompt before prompts', () => {
    const { responders } = panelStatistics([
      verdict('p', 'x', [['a'], ['b']]),
      verdict('p', 'y', [['a'], ['b']]),
      verdict('p', 'z', [['a'], ['b']]),
      verdict('q', 'x', [['b'], ['a']]),
    ]);
    expect(responders.map(({ meanRank }) => meanRank)).toEqual([1.5, 1.5]);
  });

  it('names first places by prompt and round, and where judges do not name the same', () => {
    const { firsts } = panelStatistics([
      verdict('p', 'x', [['a'], ['b']]),
      verdict('q', 'x', [['a'], ['b']]),
      verdict('p', 'y', [['a', 'b']]),
      verdict('q', 'y', [['a'], ['b']], { shown: ['b', 'a'] }),
      verdict('q', 'y', [['b'], ['a']], { round: 2 }),
    ]);
    expect(firsts.map((one) => ({ ...one, firsts: { ...one.firsts } }))).toEqual([
      { prompt: 'p', round: 1, firsts: { x: ['a'], y: ['a', 'b'] }, disagree: true },
      { prompt: 'q', round: 1, firsts: { x: ['a'], y: ['a'] }, disagree: false },
      { prompt: 'q', round: 2, firsts: { y: ['b'] }, disagree: false },
    ]);
  });

  it('measures self-preference on the same answers only', () => {
    const { selfPreference } = panelStatistics([
      verdict('p', 'a', [['a'], ['b'], ['c']]),
      verdict('p', 'b', [['c'], ['b'], ['a']]),
      verdict('p', 'x', [['b'], ['a'], ['c']]),
      // Other answers: nobody else ranked them.
      verdict('p', 'a', [['a'], ['b']], { round: 2 }),
    ]);
    expect(selfPreference.judges).toEqual([
      { judge: 'a', value: 1.5, low: null, high: null, prompts: 1 },
      { judge: 'b', value: -0.5, low: null, high: null, prompts: 1 },
    ]);
    expect(selfPreference.overall).toMatchObject({ value: 0.5, prompts: 1 });
  });

  it('says how answers fare by the place in which they were shown', () => {
    const { positions } = panelStatistics([
      verdict('p', 'x', [['b'], ['a'], ['c']], { shown: ['c', 'b', 'a'] }),
      verdict('q', 'x', [['a'], ['c'], ['b']], { shown: ['a', 'b', 'c'] }),
    ]);
    expect(positions).toEqual([
      { place: 1, meanRank: 2 },
      { place: 2, meanRank: 2 },
      { place: 3, meanRank: 2 },
    ]);
  });

  it('measures places where as many answers as usual were shown: of fewer, all ranks are lower', () => {
    const orders = [
      ['a', 'b', 'c'],
      ['b', 'c', 'a'],
      ['c', 'a', 'b'],
    ];
    const whole = orders.map((shown, at) =>
      verdict(`p${at}`, 'x', [['a'], ['b'], ['c']], { shown }),
    );
    const { positions } = panelStatistics([
      ...whole,
      verdict('q', 'x', [['a'], ['b']], { shown: ['a', 'b'] }),
      verdict('r', 'x', [['a'], ['b']], { shown: ['b', 'a'] }),
    ]);
    expect(positions).toEqual([1, 2, 3].map((place) => ({ place, meanRank: 2 })));
  });
});

describe('where little is known', () => {
  it('gives no interval under ten prompts, and one from ten on', () => {
    const study = (prompts: number) =>
      panelStatistics(
        Array.from({ length: prompts }, (_, at) =>
          verdict(`p${at}`, 'x', at % 3 === 0 ? [['a'], ['b']] : [['b'], ['a']]),
        ),
      );
    expect(study(9).responders[0]).toMatchObject({ model: 'b', low: null, high: null });
    const { low, high, meanRank } = study(10).responders[0]!;
    expect([low! < meanRank, meanRank < high!]).toEqual([true, true]);
  });

  it('has no bounds where no rank can be', () => {
    const { responders } = panelStatistics(
      Array.from({ length: 20 }, (_, at) =>
        verdict(`p${at}`, 'x', at === 0 ? [['b'], ['a']] : [['a'], ['b']]),
      ),
    );
    expect(responders).toMatchObject([
      { model: 'a', meanRank: 1.05, low: 1 },
      { model: 'b', meanRank: 1.95, high: 2 },
    ]);
  });

  it('has nothing to say of agreement with one judge, nor where all is tied', () => {
    const nothing = { kendallW: null, low: null, high: null, nullW: null, meanCorrelation: null };
    expect(panelStatistics([verdict('p', 'x', [['a'], ['b']])]).agreement).toEqual(nothing);
    const tied = panelStatistics([
      verdict('p', 'x', [['a', 'b']]),
      verdict('p', 'y', [['a', 'b']]),
    ]);
    expect(tied.agreement).toEqual(nothing);
    expect(tied.responders).toMatchObject([
      { meanRank: 1.5, top1: 50, top2: 100 },
      { meanRank: 1.5, top1: 50, top2: 100 },
    ]);
  });

  it('has no rank without own votes where there are no others, and no self-preference', () => {
    const found = panelStatistics([verdict('p', 'a', [['a'], ['b']])]);
    expect(found.responders.map((one) => one.meanRankWithoutSelf)).toEqual([null, 2]);
    expect(found.selfPreference).toEqual({
      overall: { value: null, low: null, high: null, prompts: 0 },
      judges: [],
    });
  });

  it('makes an empty tally of nothing', () => {
    expect(panelStatistics([])).toMatchObject({
      rankings: 0,
      prompts: 0,
      responders: [],
      firsts: [],
      flips: { pairs: 0, mcnemar: null, consistent: { share: null } },
      clusters: 0,
    });
  });

  it('counts what holds no ranking of what was shown, says which, and uses the rest', () => {
    const told: [number, string][] = [];
    const found = panelStatistics(
      [
        verdict('p', 'x', [['a'], ['b']]),
        verdict('p', 'y', null),
        verdict('p', 'z', [['a']], { shown: ['a', 'b'] }),
        verdict('p', 'v', [['a'], ['a', 'b']], { shown: ['a', 'b'] }),
        verdict('p', 'w', [['a'], ['c']], { shown: ['a', 'b'] }),
        verdict('p', 'u', [['a']]),
        verdict('p', 't', [['a'], ['b']], { shown: ['a', 'b', 'a'] }),
        verdict('p', 'x', [['b'], ['a']]),
      ],
      (place, problem) => told.push([place, problem]),
    );
    expect(found).toMatchObject({ rankings: 1, malformed: 7, prompts: 1, judges: 7, clusters: 1 });
    expect(told.map(([place]) => place)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(found.responders[0]).toMatchObject({ model: 'a', meanRank: 1 });
  });

  it('takes a model that some prompts lack by the prompts that have it', () => {
    const found = panelStatistics([
      verdict('p', 'x', [['a'], ['b'], ['c']]),
      verdict('q', 'x', [['b'], ['a']]),
    ]);
    expect(found.responders.map(({ model, meanRank }) => [model, meanRank])).toEqual([
      ['a', 1.5],
      ['b', 1.5],
      ['c', 3],
    ]);
  });

  it('takes any text for a name', () => {
    const names = ['__proto__', 'constructor', 'toString', ''];
    const found = panelStatistics(
      names.flatMap((judge) => [
        verdict(
          'hasOwnProperty',
          judge,
          names.map((name) => [name]),
        ),
      ]),
    );
    const json = JSON.stringify(found);
    expect(Object.keys(found.matrix)).toEqual(names);
    expect(json).toContain('"__proto__":{"":4,"__proto__":1,"constructor":2');
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
    expect(found.selfPreference.judges).toHaveLength(4);
  });
});

const study = fc
  .record({
    models: fc.integer({ min: 2, max: 6 }),
    judges: fc.integer({ min: 1, max: 6 }),
    prompts: fc.integer({ min: 1, max: 12 }),
    rounds: fc.integer({ min: 1, max: 3 }),
    seed: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 400, maxLength: 400 }),
  })
  .map(({ models, judges, prompts, rounds, seed }) => {
    let at = 0;
    const next = () => seed[at++ % seed.length]!;
    const names = Array.from({ length: models }, (_, model) => `m${model}`);
    const verdicts: PanelVerdict[] = [];
    for (let prompt = 0; prompt < prompts; prompt++) {
      for (let round = 1; round <= rounds; round++) {
        for (let judge = 0; judge < judges; judge++) {
          if (next() === 4) continue;
          const score = new Map(names.map((name) => [name, next()]));
          const groups = Map.groupBy(names, (name) => score.get(name)!);
          const ranking = [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
          const shown = names.toSorted((a, b) => (a < b === (next() + round) % 2 > 0 ? -1 : 1));
          verdicts.push({ prompt: `p${prompt}`, round, judge: `m${judge}`, shown, ranking });
        }
      }
    }
    return verdicts;
  });

describe('whatever the study', () => {
  it('ranks, shares and counts add up, and the order of lines says nothing', () => {
    fc.assert(
      fc.property(study, (verdicts) => {
        const found = panelStatistics(verdicts);
        expect(found.malformed).toBe(0);
        const count = found.responders.length;
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        if (count > 0) {
          expect(sum(found.responders.map((one) => one.meanRank))).toBeCloseTo(
            (count * (count + 1)) / 2,
            8,
          );
          expect(sum(found.responders.map((one) => one.top1))).toBeCloseTo(100, 8);
          expect(sum(found.responders.map((one) => one.top2))).toBeCloseTo(200, 8);
          expect(sum(found.positions.map((one) => one.meanRank))).toBeCloseTo(
            (count * (count + 1)) / 2,
            8,
          );
        }
        const { kendallW, nullW, meanCorrelation } = found.agreement;
        if (kendallW !== null) {
          expect(kendallW).toBeGreaterThanOrEqual(0);
          expect(kendallW).toBeLessThanOrEqual(1 + 1e-9);
          expect(nullW).toBeLessThanOrEqual(0.5);
          expect(meanCorrelation).toBeLessThanOrEqual(1 + 1e-9);
        }
        const { pairs, consistent, reversed, firstTwice, secondTwice } = found.flips;
        expect(reversed.count).toBe(firstTwice.count + secondTwice.count);
        expect(consistent.count + reversed.count).toBeLessThanOrEqual(pairs);
        expect(JSON.stringify(found)).not.toContain('NaN');
        const turned = panelStatistics(verdicts.toReversed());
        expect(turned.flips).toMatchObject({ pairs, consistent: { count: consistent.count } });
        expect(turned.flips.mcnemar ?? 2).toBeCloseTo(found.flips.mcnemar ?? 2, 10);
        expect(turned.selfPreference.overall.value ?? 0).toBeCloseTo(
          found.selfPreference.overall.value ?? 0,
          10,
        );
      }),
    );
  });
});
