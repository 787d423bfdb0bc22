import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../core/seeded-random.ts';
import { toTable } from '../input/to-table.ts';
import { fairCoinTwoSided, studentTwoSided } from '../numerics/distributions.ts';
import type { Comparison } from '../table/comparison.ts';
import { featureBias } from './feature-bias.ts';
import { kendallW } from './kendall-w.ts';
import { outlierVoters } from './outlier-voters.ts';
import { rankingConcordance } from './ranking-concordance.ts';
import { termTests } from './term-test.ts';
import { scoreBounds } from './wilson.ts';

describe('the probabilities of tests', () => {
  it('agree with tables', () => {
    expect(studentTwoSided(2.2281388519649385, 10)).toBeCloseTo(0.05, 10);
    expect(studentTwoSided(1, 1)).toBeCloseTo(0.5, 12);
  });

  it('are exact for a fair coin', () => {
    expect(fairCoinTwoSided(0, 5)).toBeCloseTo(2 / 32, 12);
    expect(fairCoinTwoSided(8, 2)).toBeCloseTo(112 / 1024, 12);
    expect(fairCoinTwoSided(4, 4)).toBe(1);
    expect(fairCoinTwoSided(0, 0)).toBe(1);
  });
});

describe('scoreBounds', () => {
  it('gives the published bounds and stays inside 0..1', () => {
    const found = scoreBounds(0.5, 20, 1.959963984540054);
    expect([found.low, found.high].map((x) => Number(x.toFixed(4)))).toEqual([0.2993, 0.7007]);
    expect(scoreBounds(0, 10, 1.96).low).toBe(0);
    expect(scoreBounds(1, 10, 1.96).high).toBe(1);
  });
});

describe('kendallW', () => {
  it('is 1 for equal rankings and 0 for opposite ones', () => {
    expect(
      kendallW([
        [1, 2, 3],
        [1, 2, 3],
        [1, 2, 3],
      ]).w,
    ).toBeCloseTo(1, 12);
    expect(
      kendallW([
        [1, 2, 3],
        [3, 2, 1],
      ]).w,
    ).toBeCloseTo(0, 12);
  });

  it('allows for ties: rankings that agree on them still reach 1', () => {
    expect(
      kendallW([
        [1, 2.5, 2.5, 4],
        [1, 2.5, 2.5, 4],
      ]).w,
    ).toBeCloseTo(1, 12);
    expect(
      kendallW([
        [2, 2, 2],
        [2, 2, 2],
      ]).w,
    ).toBeNull();
  });

  it('is found again from rankings taken apart into pairs', () => {
    const builder = [
      ['r1', 'abc'],
      ['r2', 'abc'],
      ['r3', 'acb'],
    ] as const;
    const rows = builder.flatMap(([ranking, order]) =>
      [
        [0, 1],
        [0, 2],
        [1, 2],
      ].map(([i, j]) => ({
        ranking,
        left: order[i!]!,
        right: order[j!]!,
        verdict: 'left' as const,
      })),
    );
    const table = toTable(rows);
    const names = ['r1', 'r2', 'r3'];
    const ids = Uint32Array.from(rows, (row) => names.indexOf(row.ranking));
    const found = rankingConcordance({ ...table, groups: { ranking: { ids, count: 3, names } } })!;
    expect(found.overall!.w).toBeCloseTo(
      kendallW([
        [1, 2, 3],
        [1, 2, 3],
        [1, 3, 2],
      ]).w!,
      12,
    );
    expect(rankingConcordance(table)).toBeNull();
  });
});

/** Judges with a known side effect on items of known strength. */
function world(sideOf: Record<string, number>, rows: number, seed: number): Comparison[] {
  const random = seededRandom(seed);
  const judges = Object.keys(sideOf);
  return Array.from({ length: rows }, (_, k) => {
    const [i, step] = [Math.floor(random() * 6), 1 + Math.floor(random() * 5)];
    const j = (i + step) % 6;
    const judge = judges[k % judges.length]!;
    const p = 1 / (1 + Math.exp(-(0.4 * (j - i) + sideOf[judge]!)));
    const verdict = random() < p ? ('left' as const) : ('right' as const);
    return {
      left: `m${i}`,
      right: `m${j}`,
      verdict,
      judge,
      prompt: `p${k % 400}`,
      features: { length: j - i },
    };
  });
}

describe('termTests', () => {
  const side = (rows: Comparison[]) => {
    const table = toTable(rows);
    return termTests(table, new Float64Array(table.rows).fill(1))!;
  };

  it('recovers the side effect of each judge beside the strengths of the items', () => {
    const tests = side(world({ fair: 0, leaning: 1.2 }, 8000, 3));
    expect(Math.abs(tests.judges[0]!.logOdds)).toBeLessThan(3 * tests.judges[0]!.standardError);
    expect(tests.judges[1]!.logOdds).toBeCloseTo(1.2, 0);
    expect(tests.judges[1]!.probability).toBeLessThan(1e-6);
    expect(tests.all!.logOdds).toBeGreaterThan(0.4);
  });

  it('rejects a fair judge about as often as it says', () => {
    let rejected = 0;
    for (let seed = 0; seed < 200; seed++) {
      if (side(world({ only: 0 }, 600, seed)).all!.probability < 0.05) rejected++;
    }
    expect(rejected).toBeGreaterThanOrEqual(3);
    expect(rejected).toBeLessThanOrEqual(20);
  });

  it('stays finite for a judge who only ever picks the left side', () => {
    const rows = world({ only: 0 }, 40, 1).map((row) => ({ ...row, verdict: 'left' as const }));
    const { all } = side(rows);
    expect(Number.isFinite(all!.logOdds)).toBe(true);
    expect(all!.probability).toBeLessThan(0.01);
  });
});

describe('featureBias', () => {
  it('counts decisive verdicts for the answer with more of a feature', () => {
    const row = (verdict: Comparison['verdict'], length: number): Comparison => ({
      left: 'a',
      right: 'b',
      verdict,
      features: { length },
    });
    const table = toTable([
      row('left', 5),
      row('left', -5),
      row('right', -2),
      row('right', 0),
      row('tie', 9),
    ]);
    expect(featureBias(table, 0.95)[0]).toMatchObject({
      feature: 'length',
      all: { count: 2, of: 3 },
    });
  });
});

describe('outlierVoters', () => {
  const honest = (judge: string, n: number): Comparison[] =>
    Array.from({ length: n }, (_, k) => ({
      judge,
      left: k % 2 ? 'a' : 'b',
      right: k % 2 ? 'b' : 'a',
      verdict: k % 10 === 0 ? (k % 2 ? 'right' : 'left') : k % 2 ? 'left' : 'right',
    }));
  const opposite = (rows: Comparison[]): Comparison[] =>
    rows.map((row) => ({ ...row, verdict: row.verdict === 'left' ? 'right' : 'left' }));

  it('flags a judge who votes against everybody and spares the others', () => {
    const rows = [
      ...honest('j1', 40),
      ...honest('j2', 40),
      ...honest('j3', 40),
      ...opposite(honest('bad', 40)),
    ];
    const found = outlierVoters(toTable(rows));
    expect(found.threshold).toBe(4 / 0.05);
    expect(found.judges.filter((judge) => judge.outlier).map((judge) => judge.judge)).toEqual([
      'bad',
    ]);
  });

  it('rarely flags anybody in an honest panel, while the fixed threshold does', () => {
    let [panels, fixed] = [0, 0];
    for (let seed = 0; seed < 60; seed++) {
      const random = seededRandom(seed);
      const rows = Array.from(
        { length: 30 * 40 },
        (_, k): Comparison => ({
          judge: `j${k % 30}`,
          left: 'a',
          right: 'b',
          verdict: random() < 0.7 ? 'left' : 'right',
        }),
      );
      const some = (rule: 'sequential' | 'fastchat') =>
        outlierVoters(toTable(rows), { rule }).judges.some((judge) => judge.outlier);
      if (some('sequential')) panels++;
      if (some('fastchat')) fixed++;
    }
    expect(panels).toBeLessThanOrEqual(8);
    expect(fixed).toBeGreaterThan(panels);
  });

  it("follows FastChat's rule by name: own votes count, a tie is half a win", () => {
    const rows: Comparison[] = [
      ...Array.from(
        { length: 9 },
        (): Comparison => ({ judge: 'x', left: 'a', right: 'b', verdict: 'left' }),
      ),
      ...Array.from(
        { length: 5 },
        (): Comparison => ({ judge: 'y', left: 'a', right: 'b', verdict: 'right' }),
      ),
    ];
    const [x, y] = outlierVoters(toTable(rows), { rule: 'fastchat' }).judges;
    expect(x).toMatchObject({ outlier: false });
    // p of a loss = 5/14, five times: (14/10)^5.
    expect(y!.evidence).toBeCloseTo(1.4 ** 5, 9);
  });

  it('does not test judges with fewer than five verdicts', () => {
    expect(outlierVoters(toTable(honest('j', 4))).judges).toEqual([]);
  });
});
