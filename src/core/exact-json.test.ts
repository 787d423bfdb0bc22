import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberOf, parseExactJson } from './exact-json.ts';

describe('parseExactJson', () => {
  it.each([
    '1.0',
    '0.0',
    '-0',
    '-0.0',
    '1e400',
    '-1E+400',
    '1e5',
    '2.50',
    '0.0000001',
    '12345678901234567890',
    '1234567890.12345678',
    '0.1',
    '-17',
    '100',
  ])('keeps %s as it is written', (number) => {
    const text = `{"a":[${number}],"b":${number}}`;
    expect(JSON.stringify(parseExactJson(text))).toBe(text);
  });

  it.each(['http://127.0.0.1:9/v1', 'a-0', 'v1.0', '1.2.3.0 e5', ' 1.0'])(
    'changes no text that holds what looks like a number: %s',
    (text) => {
      const row = JSON.stringify({ [text]: text, n: 1, list: [text, 0.5] });
      expect(JSON.stringify(parseExactJson(row))).toBe(row);
    },
  );

  it('keeps every number of every text as it is written', () => {
    const digits = fc.stringMatching(/^\d{1,20}$/);
    const whole = digits.map((text) => text.replace(/^0+(?=\d)/, ''));
    const fraction = fc.option(digits, { nil: null });
    const exponent = fc.option(fc.stringMatching(/^[eE][+-]?\d{1,3}$/), { nil: null });
    const number = fc
      .tuple(fc.boolean(), whole, fraction, exponent)
      .map(([minus, w, f, e]) => `${minus ? '-' : ''}${w}${f === null ? '' : `.${f}`}${e ?? ''}`);
    fc.assert(
      fc.property(number, (text) => {
        expect(JSON.stringify(parseExactJson(`[${text}]`))).toBe(`[${text}]`);
      }),
    );
  });

  it('keeps a key that JavaScript treats in a way of its own', () => {
    const text = '{"__proto__":{"a":1.0},"constructor":null}';
    expect(JSON.stringify(parseExactJson(text))).toBe(text);
  });

  it('says where a text is no JSON', () => {
    expect(() => parseExactJson('{"a":1.0,}')).toThrow(SyntaxError);
  });
});

describe('numberOf', () => {
  it.each([
    ['1.0', 1],
    ['7', 7],
    ['1e400', Number.POSITIVE_INFINITY],
    ['"7"', null],
    ['{}', null],
  ])('says what %s is worth', (text, worth) => {
    expect(numberOf(parseExactJson(text))).toBe(worth);
  });

  it('is null for what is not there', () => {
    expect(numberOf(undefined)).toBeNull();
  });
});
