import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PromptSample } from './prompt-sample.ts';

const hashes = fc.array(
  fc.integer({ min: 0, max: 60 }).map((n) => `h${(n * 37) % 61}`),
  { maxLength: 400 },
);

function sampled(limit: number, rows: readonly string[]) {
  const sample = new PromptSample<number>(limit);
  for (const [index, hash] of rows.entries()) sample.add(hash, () => index);
  return sample.prompts;
}

describe('PromptSample', () => {
  it('keeps everything where there is room', () => {
    fc.assert(
      fc.property(hashes, (rows) => {
        const prompts = [...sampled(400, rows).values()];
        expect(prompts.flatMap((prompt) => prompt.rows).sort((a, b) => a - b)).toEqual([
          ...rows.keys(),
        ]);
        expect(prompts.every(({ left }) => left === 0)).toBe(true);
      }),
    );
  });

  it('keeps no more than its limit, and of a prompt all rows or a tenth of the limit', () => {
    fc.assert(
      fc.property(hashes, fc.integer({ min: 0, max: 100 }), (rows, limit) => {
        const prompts = sampled(limit, rows);
        const kept = [...prompts.values()].reduce((sum, prompt) => sum + prompt.rows.length, 0);
        expect(kept).toBeLessThanOrEqual(limit);
        for (const [hash, prompt] of prompts) {
          const all = rows.flatMap((row, index) => (row === hash ? [index] : []));
          expect(prompt.rows).toEqual(all.slice(0, prompt.rows.length));
          expect(prompt.rows.length + prompt.left).toBe(all.length);
          if (prompt.left > 0) expect(prompt.rows.length).toBe(Math.max(1, Math.floor(limit / 10)));
        }
      }),
    );
  });

  it('chooses the same prompts whatever the order of rows', () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `h${(index * 7919) % 1000}`);
    const chosen = (order: readonly string[]) => [...sampled(90, order).keys()].sort();
    expect(chosen(rows)).toHaveLength(30);
    expect(chosen(rows.toReversed())).toEqual(chosen(rows));
    expect(chosen(rows.toSorted())).toEqual(chosen(rows));
  });

  it('makes no row that it does not keep, once it is full', () => {
    const sample = new PromptSample<number>(10);
    let made = 0;
    for (let index = 0; index < 10_000; index++) {
      sample.add(`h${String(index).padStart(6, '0')}`, () => ++made);
    }
    expect(made).toBeLessThanOrEqual(11);
  });
});
