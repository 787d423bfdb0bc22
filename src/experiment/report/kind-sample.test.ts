import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KindSample } from './kind-sample.ts';

function sampled(limit: number, kinds: readonly string[]): string[] {
  const sample = new KindSample<string>(limit);
  for (const [index, kind] of kinds.entries()) sample.add(kind, () => `${kind}${index}`);
  return sample.rows();
}

describe('KindSample', () => {
  it('keeps everything where there is room, and never more than its limit', () => {
    const kinds = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 200 });
    fc.assert(
      fc.property(kinds, fc.integer({ min: 0, max: 60 }), (all, limit) => {
        expect(sampled(limit, all).length).toBe(Math.min(limit, all.length));
      }),
    );
  });

  it('keeps the few of a rare kind beside the first of a frequent one', () => {
    const kinds = [...new Array<string>(5000).fill('often'), ...new Array<string>(3).fill('rare')];
    const rows = sampled(100, kinds);
    expect(rows.filter((row) => row.startsWith('rare'))).toHaveLength(3);
    expect(rows).toContain('often0');
    expect(rows).toHaveLength(100);
  });

  it('has room for one of each of many kinds', () => {
    const rows = sampled(
      20,
      Array.from({ length: 1000 }, (_, index) => `k${index % 50}-`),
    );
    expect(rows).toHaveLength(20);
    expect(new Set(rows.map((row) => row.split('-')[0])).size).toBe(20);
  });
});
