import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isNestedTooDeeply } from './json-depth.ts';

const nested = (depth: number, inner = '1') => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;

it('takes a thousand levels and no more, of lists and of objects', () => {
  expect([1000, 1001, 300_000].map((depth) => isNestedTooDeeply(nested(depth)))).toEqual([
    false,
    true,
    true,
  ]);
  const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  expect([1000, 1001].map((depth) => isNestedTooDeeply(objects(depth)))).toEqual([false, true]);
});

it('does not take brackets in strings, or beside one another, for depth', () => {
  expect(isNestedTooDeeply(JSON.stringify(['[{"\\'.repeat(5_000)]))).toBe(false);
  expect(isNestedTooDeeply(`[${'[],{},'.repeat(5_000)}1]`)).toBe(false);
});

it('says of any JSON that is not deep that it is not', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (json) => {
      expect(isNestedTooDeeply(`[${`${json},`.repeat(400)}1]`)).toBe(false);
      expect(isNestedTooDeeply(nested(1000, json))).toBe(
        /[[{]/.test(json.replace(/"(?:[^"\\]|\\.)*"/g, '')),
      );
    }),
    { numRuns: 50 },
  );
});
