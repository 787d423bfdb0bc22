import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunksOf, cutColumns, cutInMiddle, cuttableColumns } from './index.ts';

const NUMBERS = { promptChars: 1_100, limit: 100, used: 220 };

describe('a row that is too long', () => {
  it('is cut by the characters that its own tokens have, and five percent more', () => {
    const columns = new Map([['a', 'x'.repeat(1_000)]]);
    const kept = cutColumns(columns, new Map(), NUMBERS)!;
    // 5 characters a token: 95 tokens are 475 characters, of which 100 are not the column's.
    const text = cutInMiddle('x'.repeat(1_000), kept.get('a')!);
    expect(100 + text.length).toBeLessThanOrEqual(475);
    expect(100 + text.length).toBeGreaterThan(465);
  });

  it('is cut by halves where nobody says how long it is', () => {
    const columns = new Map([
      ['a', 'x'.repeat(1_000)],
      ['b', 'y'.repeat(400)],
    ]);
    const unknown = { promptChars: 1_500, limit: null, used: null };
    const first = cutColumns(columns, new Map(), unknown)!;
    expect([...first]).toEqual([['a', expect.closeTo(465, -1)]]);
    const second = cutColumns(columns, first, unknown)!;
    expect([...second.keys()]).toEqual(['a']);
    expect(second.get('a')).toBeLessThan(240);
  });

  it('loses of its next column what the longest one does not have', () => {
    const columns = new Map([
      ['a', 'x'.repeat(500)],
      ['b', 'y'.repeat(450)],
    ]);
    const kept = cutColumns(columns, new Map(), { promptChars: 1_000, limit: 10, used: 40 })!;
    expect(kept.get('a')).toBe(0);
    expect(kept.get('b')).toBeLessThan(250);
    expect(cutColumns(new Map([['a', 'x']]), new Map([['a', 0]]), NUMBERS)).toBeUndefined();
    expect(cutColumns(new Map(), new Map(), NUMBERS)).toBeUndefined();
  });

  it('has for columns those of its template that are texts', () => {
    const row = { a: 'x', b: 1, c: ['y'], d: 'z' };
    expect([...cuttableColumns(['a', 'b', 'c', 'toString'], row)]).toEqual([['a', 'x']]);
  });

  it('says in its middle how many characters are left out, and divides none', () => {
    expect(cutInMiddle('a'.repeat(1_240), 6)).toBe('aaa[… 1,234 characters left out …]aaa');
    expect(cutInMiddle('short', 5)).toBe('short');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '😀') }), fc.nat(60), (text, kept) => {
        expect(cutInMiddle(text, kept).isWellFormed()).toBe(true);
      }),
    );
  });

  it('is divided into pieces that share their ends, by whole characters', () => {
    expect(chunksOf('abcdefgh', 4, 1)).toEqual(['abcd', 'defg', 'gh']);
    expect(chunksOf('', 4, 1)).toEqual(['']);
    expect(chunksOf('😀b😀d', 2, 1)).toEqual(['😀b', 'b😀', '😀d']);
    const sizes = fc
      .integer({ min: 1, max: 9 })
      .chain((chunk) => fc.tuple(fc.constant(chunk), fc.nat(chunk - 1)));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), sizes, (text, [chunk, overlap]) => {
        const chunks = chunksOf(text, chunk, overlap);
        expect(chunks.every((one) => [...one].length <= chunk)).toBe(true);
        const joined = chunks.map((one, at) => [...one].slice(at === 0 ? 0 : overlap).join(''));
        expect(joined.join('')).toBe(text);
      }),
    );
  });
});
