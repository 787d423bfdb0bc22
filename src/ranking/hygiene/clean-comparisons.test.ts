import { describe, expect, it } from 'vitest';
import { toTable } from '../input/to-table.ts';
import type { Comparison } from '../table/comparison.ts';
import { verdictName } from '../table/comparison-table.ts';
import { cleanComparisons } from './clean-comparisons.ts';

const row = (judge: string, verdict: Comparison['verdict'] = 'left', prompt = 'p'): Comparison => ({
  judge,
  prompt,
  left: 'a',
  right: 'b',
  verdict,
});

describe('cleanComparisons', () => {
  it('does nothing unless told to', () => {
    const table = toTable([row('j'), row('j')]);
    expect(cleanComparisons(table, {})).toEqual({ table, reports: [] });
  });

  it('removes repeated rows and counts them, but no contradiction and no other judge', () => {
    const table = toTable([
      row('j'),
      row('j'),
      row('j', 'both_bad'),
      row('k'),
      row('j', 'left', 'q'),
      row('j'),
    ]);
    const found = cleanComparisons(table, { duplicates: true });
    expect(found.reports).toEqual([{ step: 'duplicates', removedRows: 2, judges: [] }]);
    const verdicts = Array.from({ length: found.table.rows }, (_, k) =>
      verdictName(found.table.verdict[k]!),
    );
    expect(verdicts).toEqual(['left', 'both_bad', 'left', 'left']);
  });

  it('keeps the first comparisons of each group', () => {
    const table = toTable([
      row('j'),
      row('j', 'tie'),
      row('k'),
      row('j', 'right'),
      row('j', 'tie', 'q'),
    ]);
    const found = cleanComparisons(table, {
      caps: [
        { columns: ['judge', 'prompt'], most: 1 },
        { columns: ['prompt'], most: 1 },
      ],
    });
    expect(found.reports.map((one) => [one.step, one.removedRows])).toEqual([
      ['cap judge/prompt=1', 2],
      ['cap prompt=1', 1],
    ]);
    expect(found.table.rows).toBe(2);
  });

  it('removes the verdicts of outlier voters and names them', () => {
    const honest = ['x', 'y', 'z'].flatMap((judge) =>
      Array.from({ length: 30 }, (_, k) => row(judge, k % 10 ? 'left' : 'right', `p${k}`)),
    );
    const bad = Array.from({ length: 30 }, (_, k) =>
      row('bad', k % 10 ? 'right' : 'left', `p${k}`),
    );
    const found = cleanComparisons(toTable([...honest, ...bad]), { outliers: true });
    expect(found.reports).toEqual([{ step: 'outliers', removedRows: 30, judges: ['bad'] }]);
    expect(found.table.rows).toBe(90);
  });

  it('names the column that a step lacks', () => {
    const table = toTable([{ left: 'a', right: 'b', verdict: 'tie' }]);
    expect(() => cleanComparisons(table, { duplicates: true })).toThrowError(/judge or prompt/);
    expect(() => cleanComparisons(table, { outliers: true })).toThrowError(/needs a column judge/);
    expect(() => cleanComparisons(table, { caps: [{ columns: ['day'], most: 3 }] })).toThrowError(
      /cap day=3 needs a column day/,
    );
  });
});
