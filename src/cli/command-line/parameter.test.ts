import { describe, expect, it } from 'vitest';
import { parameter, parameterObject } from './parameter.ts';

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
