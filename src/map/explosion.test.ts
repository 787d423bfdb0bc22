import { describe, expect, it } from 'vitest';
import { explodedRows } from './explosion.ts';

const LIST = [{ b: 1 }, { b: 2, c: 'x' }];

describe('exploding a column', () => {
  it('makes a row of each object, be the cell a list or a text that is one, and the column goes', () => {
    expect(
      explodedRows(
        [
          { a: LIST, k: 1 },
          { a: JSON.stringify(LIST), k: 2 },
        ],
        'a',
      ),
    ).toEqual([
      { k: 1, b: 1 },
      { k: 1, b: 2, c: 'x' },
      { k: 2, b: 1 },
      { k: 2, b: 2, c: 'x' },
    ]);
    expect(explodedRows([{ a: { b: 1 }, k: 1 }], 'a')).toEqual([{ k: 1, b: 1 }]);
  });

  it.each([[[]], ['[]'], ['no JSON'], ['[1]'], [[1, { b: 1 }]], ['12'], [null], [7], ['[{"b":1}']])(
    'leaves %j as it is, and with it the column',
    (cell) => {
      const rows = [{ a: LIST }, { a: cell }];
      expect(explodedRows(rows, 'a')).toEqual([
        { a: LIST, b: 1 },
        { a: LIST, b: 2, c: 'x' },
        { a: cell },
      ]);
    },
  );

  it('keeps the column where it is to be kept', () => {
    expect(explodedRows([{ a: [{ b: 1 }] }], 'a', { keepSource: true })).toEqual([
      { a: [{ b: 1 }], b: 1 },
    ]);
  });

  it('refuses keys that are columns already, unless they may replace them', () => {
    const rows = [{ k: 1, a: [{ k: 2 }] }];
    expect(() => explodedRows(rows, 'a')).toThrow('keys that are columns already: "k"');
    expect(explodedRows(rows, 'a', { overwrite: true })).toEqual([{ k: 2 }]);
  });

  it('refuses a column that is not there', () => {
    expect(() => explodedRows([{ k: 1 }], 'a')).toThrow('there is no column "a"');
  });

  it('has no trouble with keys that objects have by nature', () => {
    const cell = '[{"__proto__":1,"constructor":2}]';
    const [row] = explodedRows([{ a: cell }], 'a');
    expect(JSON.stringify(row)).toBe('{"__proto__":1,"constructor":2}');
  });
});
