import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '../../core/edit-distance.ts';
import { comparedText } from './compared-text.ts';
import { distinctTexts } from './distinct-texts.ts';

describe('texts without repeats', () => {
  it('keep their order, and lose exact repeats and empty ones', () => {
    expect(distinctTexts(['b', 'a', '', 'b', ' \n', 'B', 'a'])).toEqual(['b', 'a', 'B']);
  });

  it('lose those that are near to an earlier one', () => {
    const texts = ['The cat  sat.', 'the CAT sat.', 'The cat sat!', 'A dog ran.', 'ﬁne', 'fine'];
    expect(distinctTexts(texts, 0.9)).toEqual(['The cat  sat.', 'A dog ran.', 'ﬁne']);
    expect(distinctTexts(texts, 1)).toEqual(['The cat  sat.', 'The cat sat!', 'A dog ran.', 'ﬁne']);
  });

  it('are near from exactly the share that is asked', () => {
    expect(distinctTexts(['abcdefghij', 'abcdefghiX'], 0.9)).toHaveLength(1);
    expect(distinctTexts(['abcdefghij', 'abcdefghiX'], 0.91)).toHaveLength(2);
    expect(distinctTexts(['😀😀😀😀😀😀😀😀😀😀', '😀😀😀😀😀😀😀😀😀😁'], 0.9)).toHaveLength(1);
  });

  it('are compared as if nothing were passed over', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', '😀', '😁', '\ud83d'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 100 }), (a, b, percent) => {
        const near = percent / 100;
        const [x, y] = [comparedText(a), comparedText(b)];
        fc.pre(a.trim() !== '' && b.trim() !== '' && a !== b);
        const longer = Math.max([...x].length, [...y].length);
        const isNear = longer === 0 || 1 - editDistance(x, y) / longer >= near - 1e-9;
        expect(distinctTexts([a, b], near)).toHaveLength(isNear ? 1 : 2);
      }),
    );
  });

  it('take no long time for two long ones', () => {
    const long = 'lorem ipsum '.repeat(100_000);
    const start = performance.now();
    expect(distinctTexts([long, `${long}x`, `y${long}`], 0.9)).toHaveLength(1);
    expect(distinctTexts([long, [...long].reverse().join('')], 0.9)).toHaveLength(2);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
