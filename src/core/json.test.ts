import { expect, test } from 'vitest';
import { isJson } from './json.ts';

test('a text is JSON when it is one whole value', () => {
  for (const text of ['null', '"a"', ' {"a":[1e400]} ']) expect(isJson(text)).toBe(true);
  for (const text of ['', 'NaN', '{} {}', '{"a":}', "'a'"]) expect(isJson(text)).toBe(false);
});
