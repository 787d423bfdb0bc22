import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonStringEnd } from './json-string-end.ts';

it('ends where the text of any string ends, whatever follows', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (value, rest) => {
      const text = JSON.stringify(value);
      expect(jsonStringEnd(`${text}${rest}`, 0)).toBe(text.length);
    }),
  );
});

it.each([
  ['"a\\\\"b"', 5],
  ['"a\\"b"', 6],
  ['"\\\\\\"', 5],
  ['"open', 5],
  ['"', 1],
])('%s ends at %i', (text, end) => {
  expect(jsonStringEnd(text, 0)).toBe(end);
});
