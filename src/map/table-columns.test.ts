import { expect, it } from 'vitest';
import { namesOf, TableColumns } from './table-columns.ts';

it('knows the columns in the order in which they are first seen, and which rows lack which', () => {
  const columns = new TableColumns();
  for (const row of [{ a: 1, b: 1 }, { a: 1 }, { b: 1, c: 1, a: 1 }]) columns.add(row);
  expect(columns.names).toEqual(['a', 'b', 'c']);
  expect(columns.missing('a')).toBeNull();
  expect(columns.missing('b')).toEqual({ rows: 1, first: 1 });
  expect(columns.missing('c')).toEqual({ rows: 2, first: 0 });
  expect(columns.missing('d')).toEqual({ rows: 3, first: 0 });
  columns.add({ c: 1 });
  expect(columns.missing('a')).toEqual({ rows: 1, first: 3 });
});

it('takes names from the text where an object would put them in another order', () => {
  const text = '{"b":1,"2":1,"1":1,"b":2}';
  expect(TableColumns.isInOrder(JSON.parse(text))).toBe(false);
  expect(TableColumns.isInOrder({ b: 1, '01': 2 })).toBe(true);
  expect(namesOf(text)).toEqual(['b', '2', '1']);
});
