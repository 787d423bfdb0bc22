import { describe, expect, it } from 'vitest';
import { countFrom, oneOf } from './option-values.ts';

describe('countFrom', () => {
  it('reads whole numbers of the range, both ends included', () => {
    expect(['1', '64', '100'].map(countFrom(1, 100))).toEqual([
      { value: 1 },
      { value: 64 },
      { value: 100 },
    ]);
  });

  it.each(['0', '101', '1.5', '1e2', 'ten', '', '-3'])(
    'refuses "%s" and says the range',
    (text) => {
      expect(countFrom(1, 100)(text)).toEqual({ problem: 'must be a whole number from 1 to 100' });
    },
  );
});

describe('oneOf', () => {
  it('names all words when the given one is none of them', () => {
    expect(oneOf(['auto', 'always', 'never'])('yes')).toEqual({
      problem: 'must be auto, always or never',
    });
  });
});
