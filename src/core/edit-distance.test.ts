import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance } from './edit-distance.ts';

/** The textbook: one row of the table after the other. */
function naive(a: string, b: string): number {
  const [from, to] = [[...a], [...b]];
  let row = to.map((_, k) => k + 1);
  row.unshift(0);
  for (const [k, character] of from.entries()) {
    const next = [k + 1];
    for (const [m, other] of to.entries()) {
      next.push(Math.min(next[m]! + 1, row[m + 1]! + 1, row[m]! + (character === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1)!;
}

it('counts code points, not halves of them', () => {
  expect(editDistance('🥔', '🥕')).toBe(1);
  expect(editDistance('a🥔b', 'ab')).toBe(1);
  expect(editDistance('kitten', 'sitting')).toBe(3);
});

it('equals the textbook on any texts', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ä', '🥔', '🥕', '\0'), maxLength: 60 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(editDistance(a, b)).toBe(naive(a, b));
    }),
  );
});
