import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasSharedData, readSharedData } from '../../../test/support/shared-data.ts';
import type { Comparison, Verdict } from '../table/comparison.ts';
import { agreement, ratingAgreement } from './agreement.ts';
import { ratingsFromMatrix } from './ratings-from-matrix.ts';

const row = (
  judge: string,
  left: string,
  right: string,
  verdict: Verdict,
  prompt = 'p',
): Comparison => ({ judge, left, right, verdict, prompt });

const swapped = (comparison: Comparison): Comparison => ({
  ...comparison,
  left: comparison.right,
  right: comparison.left,
  verdict:
    ({ left: 'right', right: 'left' } as Record<string, Verdict>)[comparison.verdict] ??
    comparison.verdict,
});

const NO_INTERVAL = { interval: 'none' } as const;

describe('agreement', () => {
  it('says nothing of sides where they are not known', () => {
    const rows = [row('j1', 'a', 'b', 'left', 'p'), row('j2', 'a', 'b', 'left', 'p')];
    const found = agreement(rows, { ...NO_INTERVAL, sides: false });
    expect(found.position).toBeNull();
    expect(found.judges.map(({ position }) => position)).toEqual([null, null]);
  });

  it('compares which item won, never the side: the same winner shown elsewhere agrees', () => {
    const rows = [
      row('j1', 'a', 'b', 'left'),
      row('j2', 'b', 'a', 'right'),
      row('j1', 'a', 'c', 'right'),
      row('j2', 'a', 'c', 'right'),
    ];
    expect(agreement(rows, NO_INTERVAL)).toMatchObject({
      units: 2,
      percent: { count: 2, of: 2, share: 1 },
      alpha: { alpha: 1 },
    });
  });

  it('sees no agreement in judges who always pick the left side', () => {
    const rows = ['p', 'q', 'r'].flatMap((prompt) => [
      row('j1', 'a', 'b', 'left', prompt),
      row('j2', 'b', 'a', 'left', prompt),
    ]);
    const found = agreement(rows, NO_INTERVAL);
    expect(found.percent.share).toBe(0);
    expect(found.alpha.alpha).toBeLessThan(0);
    expect(found.position!.leftOfAll.share).toBe(1);
  });

  it('does not change when a row is shown the other way round', () => {
    const verdict = fc.constantFrom<Verdict>('left', 'right', 'tie', 'both_bad');
    const pair = fc.constantFrom(['a', 'b'], ['a', 'c'], ['c', 'b']);
    const one = fc.tuple(fc.constantFrom('j1', 'j2', 'j3'), pair, verdict, fc.boolean(), fc.nat(3));
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 40 }), (list) => {
        const plain = list.map(([j, [l, r], v, , p]) => row(j, l!, r!, v, `p${p}`));
        const mixed = plain.map((comparison, k) =>
          list[k]![3] ? swapped(comparison) : comparison,
        );
        const pick = (rows: Comparison[]) => {
          const { alpha, fleiss, percent, decisivePercent, judges, merged } = agreement(
            rows,
            NO_INTERVAL,
          );
          const majority = judges.map((judge) => [judge.judge, judge.majority]);
          return {
            alpha: alpha.alpha?.toFixed(9),
            fleiss: fleiss.kappa?.toFixed(9),
            percent,
            decisivePercent,
            majority,
            merged,
          };
        };
        expect(pick(mixed)).toEqual(pick(plain));
      }),
    );
  });

  it('keeps one rating for a judge who saw both orders, a tie when they contradict each other', () => {
    const found = agreement(
      [row('j1', 'a', 'b', 'left'), row('j1', 'b', 'a', 'left'), row('j2', 'a', 'b', 'tie')],
      NO_INTERVAL,
    );
    expect(found).toMatchObject({ merged: 1, percent: { count: 1, of: 1 } });
    expect(found.judges[0]!.position!.bothOrders).toEqual({
      pairs: 1,
      flips: 1,
      flipRate: 1,
      low: null,
      high: null,
      leftTwice: 1,
      rightTwice: 0,
      mcnemar: 1,
    });
  });

  it('has no Infinity and no NaN for the smallest inputs', () => {
    const found = agreement([{ left: 'a', right: 'b', verdict: 'tie' }]);
    expect(found).toMatchObject({
      alpha: { alpha: null },
      cohen: { kappa: null },
      percent: { share: null },
    });
    expect(JSON.stringify(found)).not.toContain('NaN');
    const numbers = JSON.stringify(found, (_, value) => {
      if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      return value;
    });
    expect(numbers).toBeTypeOf('string');
  });

  it('takes comparisons that arrive one by one', async () => {
    const rows = [row('j1', 'a', 'b', 'left'), row('j2', 'a', 'b', 'left')];
    async function* arriving() {
      yield* rows;
    }
    expect(await agreement(arriving())).toEqual(agreement(rows));
  });

  it('refuses an empty input', () => {
    expect(() => agreement([])).toThrowError(expect.objectContaining({ code: 'no_comparisons' }));
  });
});

const FILES = ['crowd', 'gpt3-crowd', 'gpt4-crowd', 'gpt3', 'gpt4'].map(
  (name) => `llmfao/${name}-comparisons.csv`,
);

function llmfao(name: string, fixedJudge?: string): Comparison[] {
  const [header, ...lines] = readSharedData(`llmfao/${name}-comparisons.csv`).trim().split('\n');
  const columns = header!.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    const cell = (column: string) => cells[columns.indexOf(column)]!;
    const judge = fixedJudge ?? cell('worker');
    return row(judge, cell('left'), cell('right'), cell('winner') as Verdict, cell('prompt'));
  });
}

describe.skipIf(!hasSharedData(...FILES))(
  'agreement on published verdicts of people and models',
  () => {
    it('finds the alpha, shares and counts of the crowd', () => {
      const found = agreement(llmfao('crowd'));
      // .2906 is published, with each unit in the direction of its first row; krippendorff gives this
      // for each in both, and a jackknife over the 13 prompts these bounds.
      expect(found.alpha.alpha).toBeCloseTo(0.2914385, 7);
      expect(found.alpha.observed).toBeCloseTo(4182.83, 2);
      expect(found.alpha.low!).toBeCloseTo(0.2040468, 6);
      expect(found.alpha.high!).toBeCloseTo(0.3788302, 6);
      const drawn = agreement(llmfao('crowd'), { interval: 'bootstrap' }).alpha;
      expect(Math.abs(drawn.low! - 0.219)).toBeLessThan(0.012);
      expect(Math.abs(drawn.high! - 0.361)).toBeLessThan(0.012);
      const units = agreement(llmfao('crowd'), { interval: 'units', rounds: 200 }).alpha;
      expect(units.low!).toBeGreaterThan(0.265);
      expect(units.high!).toBeLessThan(0.315);
      const { left, right, ties } = found.position!;
      expect([left, right, ties].map((n) => Number((n / 8931).toFixed(4)))).toEqual([
        0.3259, 0.2854, 0.3886,
      ]);
      expect(found.judges).toHaveLength(124);
      expect(found.merged).toBe(0);
      expect(found.units).toBe(2139);
    });

    it('finds the strong pull of the first side on a model', () => {
      const position = agreement(llmfao('gpt3-crowd', 'gpt3'), NO_INTERVAL).position!;
      expect(position.leftOfAll.share).toBeCloseTo(0.6321, 4);
      expect(position.leftOfAll.low!).toBeCloseTo(0.589, 3);
      expect(position.side!.logOdds).toBeGreaterThan(0.5);
      expect(position.side!.probability).toBeLessThan(0.001);
      const all = agreement(llmfao('gpt3', 'gpt3'), NO_INTERVAL).position!;
      expect([all.left, all.right, all.ties]).toEqual([1965, 958, 313]);
      const other = agreement(llmfao('gpt4', 'gpt4'), NO_INTERVAL).position!;
      expect([other.left, other.right, other.ties]).toEqual([1397, 1700, 139]);
    });

    it.each([
      ['gpt4', 0.3871, 0.7459, 1043],
      ['gpt3', 0.3361, 0.6313, 971],
    ] as const)(
      'finds how often %s agrees with the majority of people',
      (judge, all, decisive, of) => {
        const rows = [...llmfao('crowd'), ...llmfao(`${judge}-crowd`, judge)];
        const { majority } = agreement(rows, NO_INTERVAL).judges.find(
          (one) => one.judge === judge,
        )!;
        expect(majority.all.share).toBeCloseTo(all, 4);
        expect(majority.decisive).toMatchObject({ of });
        expect(majority.decisive.share).toBeCloseTo(decisive, 4);
      },
    );
  },
);

describe('ratingAgreement', () => {
  it("finds the published Cohen's kappa of two judges, plain and weighted", () => {
    // Cohen's 2 x 2 example with 20, 5, 10, 15: kappa 0.4.
    const cells: [number, number, number][] = [
      [1, 1, 20],
      [1, 0, 5],
      [0, 1, 10],
      [0, 0, 15],
    ];
    const a = cells.flatMap(([x, , n]) => new Array(n).fill(x));
    const b = cells.flatMap(([, y, n]) => new Array(n).fill(y));
    const { cohen } = ratingAgreement(ratingsFromMatrix([a, b]), NO_INTERVAL);
    expect(cohen!.kappa).toBeCloseTo(0.4, 12);
    expect(cohen!.linear).toBeCloseTo(0.4, 12);
    expect(cohen!.pairs[0]).toMatchObject({ units: 50, judges: ['judge 1', 'judge 2'] });
  });

  it('counts a step of two more than a step of one only when weighted', () => {
    const a = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2];
    const near = [0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 1];
    const far = [0, 0, 0, 2, 1, 1, 1, 1, 2, 2, 2, 0];
    const of = (b: number[]) => ratingAgreement(ratingsFromMatrix([a, b]), NO_INTERVAL).cohen!;
    expect(of(far).quadratic!).toBeLessThan(of(far).linear!);
    expect(of(far).linear!).toBeLessThan(of(far).kappa!);
    expect(of(near).quadratic!).toBeGreaterThan(of(near).kappa!);
  });

  it('does not weigh words, which have no order', () => {
    const a = ['x', 'y', 'z', 'x', 'y', 'z', 'x', 'y', 'z', 'x'];
    const { cohen } = ratingAgreement(ratingsFromMatrix([a, a]), NO_INTERVAL);
    expect(cohen).toMatchObject({ kappa: 1, linear: null, quadratic: null });
  });

  it('leaves out judges with too few units in common', () => {
    const nine = new Array(9).fill(0).map((_, k) => k % 2);
    const found = ratingAgreement(ratingsFromMatrix([nine, nine]), NO_INTERVAL).cohen!;
    expect(found).toMatchObject({ kappa: null, pairs: [] });
    const options = { ...NO_INTERVAL, fewestCommonUnits: 9 };
    expect(ratingAgreement(ratingsFromMatrix([nine, nine]), options).cohen!.kappa).toBe(1);
  });

  it("finds the published Fleiss' kappa of fourteen judges", () => {
    const table = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    const units = table.map((counts) =>
      counts.flatMap((n, value) => new Array<number>(n).fill(value)),
    );
    const matrix = Array.from({ length: 14 }, (_, judge) => units.map((unit) => unit[judge]!));
    const { fleiss } = ratingAgreement(ratingsFromMatrix(matrix), NO_INTERVAL);
    expect(fleiss.kappa).toBeCloseTo(0.21, 3);
    expect(fleiss.agreement).toBeCloseTo(0.378, 3);
    expect(fleiss).toMatchObject({ equalSizes: true });
  });
});
