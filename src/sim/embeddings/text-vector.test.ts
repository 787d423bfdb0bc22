import { describe, expect, test } from 'vitest';
import { textVector } from './text-vector.ts';

function cosine(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
}

describe('the vector of a text', () => {
  test('is the same for the same text, of length 1, of as many dimensions as are asked for', () => {
    const vector = textVector('The cat sat on the mat.');
    expect(textVector('The cat sat on the mat.')).toEqual(vector);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect(vector).toHaveLength(256);
    expect(textVector('x', 12)).toHaveLength(12);
    expect(Math.hypot(...textVector('?!'))).toBeCloseTo(1, 5);
  });

  test('is near that of a similar text and far from that of another', () => {
    const cat = textVector('The cat sat on the mat and looked at the bird.');
    const near = textVector('The cat sat upon the mat and looked at a bird.');
    const far = textVector('Interest rates were raised by a quarter of a point today.');
    expect(cosine(cat, near)).toBeGreaterThan(0.75);
    expect(cosine(cat, far)).toBeLessThan(0.4);
  });
});
