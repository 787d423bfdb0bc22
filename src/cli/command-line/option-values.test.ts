import { describe, expect, it } from 'vitest';
import { countFrom, oneOf, parameter, parameterObject } from './option-values.ts';

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

describe('parameter', () => {
  it.each([
    ['temperature=0.2', ['temperature', 0.2]],
    ['stop=["a","b"]', ['stop', ['a', 'b']]],
    ['user=ann', ['user', 'ann']],
    ['note=a=b', ['note', 'a=b']],
    ['flag=true', ['flag', true]],
    ['empty=', ['empty', '']],
    ['broken={"a":', ['broken', '{"a":']],
  ])('reads %s', (text, value) => {
    expect(parameter(text)).toEqual({ value });
  });

  it('leaves integers above 2^53 unharmed', () => {
    const read = parameter('seed=9007199254740993');
    expect(JSON.stringify('value' in read && parameterObject([read.value]))).toBe(
      '{"seed":9007199254740993}',
    );
  });

  it('refuses a word without a name', () => {
    expect(parameter('temperature')).toHaveProperty('problem');
    expect(parameter('=1')).toHaveProperty('problem');
  });

  it('keeps the last of two values with one name', () => {
    expect(
      parameterObject([
        ['a', 1],
        ['a', 2],
      ]),
    ).toEqual({ a: 2 });
  });
});

describe('oneOf', () => {
  it('names all words when the given one is none of them', () => {
    expect(oneOf(['auto', 'always', 'never'])('yes')).toEqual({
      problem: 'must be auto, always or never',
    });
  });
});
