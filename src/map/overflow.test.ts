import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutInMiddle, fittingLength, longestColumn, piecesOf } from './overflow.ts';

describe('a text that is too long', () => {
  it('is cut in its middle, and says how much is missing', () => {
    const cut = cutInMiddle(`${'a'.repeat(1000)}${'b'.repeat(1000)}`, 766);
    expect(cut).toBe(`${'a'.repeat(383)}[… 1,234 characters left out …]${'b'.repeat(383)}`);
    expect(cutInMiddle('abc', 3)).toBe('abc');
  });

  it('is cut to what the two numbers of the error leave, by the characters of its own tokens', () => {
    const length = fittingLength(10_000, 12_000, { given: 4_000, limit: 3_000 });
    expect(length).toBe(10_000 - (12_000 - 8_550) - '[… 10,000 characters left out …]'.length);
  });

  it.each([undefined, { given: null, limit: 3000 }, { given: 10, limit: 20 }])(
    'is cut by halves where they say nothing (%j)',
    (size) => expect(fittingLength(10_001, 12_000, size as never)).toBe(5_000),
  );

  it('leaves to the answer what was kept for it', () => {
    const size = { given: 5_000, limit: 4_000, forAnswer: 1_000 };
    const length = fittingLength(10_000, 12_000, size);
    expect(length).toBe(10_000 - (12_000 - 8_550) - '[… 10,000 characters left out …]'.length);
  });

  it('has pieces that hold all of it, and divide no character', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 40 }), (given, length) => {
        const whole = given.toWellFormed();
        const pieces = piecesOf(whole, length, 0);
        expect(pieces.join('')).toBe(whole);
        for (const piece of pieces) {
          expect(piece.isWellFormed()).toBe(true);
          expect(piece.length).toBeLessThanOrEqual(length);
        }
      }),
    );
    expect(piecesOf('abcdefgh', 4, 1)).toEqual(['abcd', 'defg', 'gh']);
    expect(piecesOf('', 4, 1)).toEqual(['']);
  });
});

it('finds the column with the longest text among those of a template', () => {
  const row = { a: 'xx', b: 'xxxx', c: 'x'.repeat(9), list: ['x'.repeat(20)] };
  expect(longestColumn(row, ['a', 'b', 'list', 'gone', '__proto__'])).toBe('b');
  expect(longestColumn(row, ['list'])).toBeNull();
});
