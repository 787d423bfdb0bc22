import { expect, test } from 'vitest';
import { VERDICT_CODES, verdictName } from './comparison-table.ts';
import { ComparisonTableBuilder } from './comparison-table-builder.ts';

test('keeps every row while its columns grow', () => {
  const builder = new ComparisonTableBuilder(1);
  for (let row = 0; row < 1000; row++) {
    builder.add(builder.item(`m${row % 7}`), builder.item(`m${(row + 1) % 7}`), row % 4);
    builder.setGroup('judge', row, `j${row % 3}`);
    builder.setFeature('length', row, row / 2);
  }
  const table = builder.finish();
  expect(table.rows).toBe(1000);
  expect(table.items).toHaveLength(7);
  expect([table.left[999], table.right[999], table.verdict[999]]).toEqual([5, 6, 3]);
  expect(table.groups.judge).toMatchObject({ count: 3, names: ['j0', 'j1', 'j2'] });
  expect(table.groups.judge!.ids[998]).toBe(2);
  expect(table.features.length![998]).toBe(499);
  expect(table.weight).toBeNull();
});

test('gives weight 1 to the rows before and after the first weighted one', () => {
  const builder = new ComparisonTableBuilder(1);
  const [a, b] = [builder.item('a'), builder.item('b')];
  for (let row = 0; row < 40; row++) builder.add(a, b, VERDICT_CODES.left, row === 5 ? 2.5 : 1);
  const { weight } = builder.finish();
  expect(weight!.subarray(0, 40).reduce((sum, one) => sum + one, 0)).toBe(41.5);
});

test('widens its item columns beyond 65,536 items', () => {
  const builder = new ComparisonTableBuilder();
  for (let item = 0; item < 70_000; item++) builder.add(builder.item(`m${item}`), 0, 0);
  const table = builder.finish();
  expect(table.left).toBeInstanceOf(Uint32Array);
  expect([table.left[65_535], table.left[65_536], table.left[69_999]]).toEqual([
    65_535, 65_536, 69_999,
  ]);
});

test('leaves out a group column that some rows lack', () => {
  const builder = new ComparisonTableBuilder();
  builder.add(builder.item('a'), builder.item('b'), 0);
  builder.setGroup('judge', builder.add(0, 1, 1), 'j');
  expect(builder.finish().groups).toEqual({});
});

test('refuses a code that is no verdict', () => {
  expect(verdictName(3)).toBe('both_bad');
  expect(() => verdictName(4)).toThrow(RangeError);
});
