import { describe, expect, it } from 'vitest';
import { IdIndex } from './id-index.ts';

describe('IdIndex', () => {
  it('tells the line on which an id stood before', () => {
    const index = new IdIndex();
    expect(index.add('a', 1)).toBeUndefined();
    expect(index.add('b', 2)).toBeUndefined();
    expect(index.add('a', 3)).toBe(1);
    expect([index.lineOf('a'), index.lineOf('b'), index.lineOf('c')]).toEqual([1, 2, undefined]);
  });

  it('lets an id stand once within each number', () => {
    const index = new IdIndex();
    for (let within = 0; within < 1000; within++) {
      expect(index.add('a', within + 1, within)).toBeUndefined();
    }
    expect(index.add('a', 5000, 7)).toBe(8);
  });

  it('finds every repetition, and nothing else, among many ids that are alike', () => {
    const index = new IdIndex();
    const count = 100_000;
    for (let i = 0; i < count; i++) expect(index.add(`row-${i}`, i + 1)).toBeUndefined();
    for (let i = 0; i < count; i += 997) expect(index.add(`row-${i}`, 1)).toBe(i + 1);
  });

  it('tells ids apart that differ in case, order or length alone', () => {
    const index = new IdIndex();
    const ids = ['', ' ', 'ab', 'ba', 'AB', 'ab ', 'a b', '\u0000', '\u0000\u0000', 'ü', 'u\u0308'];
    for (const id of ids) expect(index.add(id, 1)).toBeUndefined();
  });
});
