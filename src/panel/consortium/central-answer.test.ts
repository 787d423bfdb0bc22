import { expect, it } from 'vitest';
import { mostCentral } from './central-answer.ts';

it('finds the text that is most like the others, of equal ones the first', () => {
  expect(mostCentral(['a b c', 'a b d', 'x y z'])).toBe(0);
  expect(mostCentral(['x y z', 'a b c d', 'a b c'])).toBe(1);
  expect(mostCentral(['北京是首都', '首都是北京', '上海'])).toBe(0);
  expect(mostCentral([])).toBe(-1);
});

it.each(['A', 'я', '1', '１'])(
  'takes an answer that repeats %j without end for any other',
  (letter) => {
    expect(mostCentral([letter.repeat(6_000_000), 'a b', 'a c'])).toBe(1);
  },
);
