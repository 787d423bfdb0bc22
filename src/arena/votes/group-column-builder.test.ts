import { describe, expect, it } from 'vitest';
import { HASH_START, hashByte } from '../../io/delimited/index.ts';
import { GroupColumnBuilder } from './group-column-builder.ts';

const hashOf = (bytes: Uint8Array) => bytes.reduce(hashByte, HASH_START);

describe('GroupColumnBuilder', () => {
  const fill = (rows: number, nameOf: (row: number) => string) => {
    const builder = new GroupColumnBuilder(16);
    for (let row = 0; row < rows; row++) {
      const name = Buffer.from(nameOf(row));
      builder.set(row, name, 0, name.length, hashOf(name));
    }
    return builder.finish(rows);
  };

  it('puts rows with the same name into the same group', () => {
    const { ids, count, names } = fill(1000, (row) => `g${row % 7}`);
    expect(count).toBe(7);
    expect(names).toEqual(['g0', 'g1', 'g2', 'g3', 'g4', 'g5', 'g6']);
    expect(ids[999]).toBe(999 % 7);
  });

  it('forgets the names, but not the groups, when there are very many', () => {
    const { ids, count, names } = fill(200_000, (row) => `prompt ${Math.floor(row / 2)}`);
    expect([count, names]).toEqual([100_000, null]);
    for (let row = 0; row < 200_000; row += 997) expect(ids[row]).toBe(Math.floor(row / 2));
  });

  it('forgets names that would fill the memory', () => {
    const long = 'x'.repeat(1_000_000);
    expect(fill(40, (row) => `${long}${row}`)).toMatchObject({ count: 40, names: null });
  });
});
