import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openParquet } from './read-parquet.ts';

const FIXTURES = join(import.meta.dirname, '../../../test/parquet/fixtures');

type Cells = Readonly<Record<string, string | null>>;

/** Rows as their cells by name, and which columns are texts. */
async function read(name: string): Promise<{ rows: Cells[]; texts: string[] }> {
  const { columns, batches } = await openParquet(join(FIXTURES, `${name}.parquet`), name);
  const rows: Cells[] = [];
  for await (const batch of batches) {
    for (const { number, cells, problem } of batch) {
      expect({ number, problem }).toEqual({ number: rows.length + 1, problem: null });
      rows.push(Object.fromEntries(columns.map((column, at) => [column.name, cells[at]!])));
    }
  }
  return { rows, texts: columns.filter(({ isText }) => isText).map(({ name: one }) => one) };
}

/** Every type with its right values, row by row. */
const TYPES: Readonly<Record<string, readonly (string | null)[]>> = {
  id: ['1', '1152921504606846976', '-9223372036854775808'],
  unsigned: ['18446744073709551615', '0', null],
  small: ['4294967295', '0', null],
  prompt: ['hi', '🦜\n"x"', ''],
  large: ['a', null, 'b'],
  double: ['1.5', null, null],
  limits: ['1e999', '-1e999', '-0'],
  single: ['0.1', '1e+30', null],
  half: ['0.5', '-1.25', null],
  decimal: ['1.50', '-0.01', null],
  wide: ['12345678901234567890123456789.123456789', '-0.000000001', null],
  micros: ['1970-01-01T00:00:00.000001Z', '1970-01-01T00:00:01.5Z', null],
  nanos: ['1970-01-01T00:00:00.000000001Z', '1969-12-31T23:59:59.999999999Z', null],
  millis: ['2024-02-29T00:00:00.12Z', '0001-01-01T00:00:00Z', null],
  date: ['2024-02-29', '0001-01-01', null],
  time: ['00:00:00.000001', '23:59:59.999999', null],
  list: ['[1,null,3]', '[]', null],
  lists: ['[[1],[],null]', '[]', null],
  nans: ['[null,1]', '[]', null],
  struct: ['{"a":1}', '{"b":"x","c":2.5}', null],
  empty: ['{}', null, '{"a":{}}'],
  map: ['{"k":1}', '{}', null],
  numbers: ['{"7":["x"]}', '{}', null],
  structs: ['[{"a":[1,2]},{},null]', '[]', null],
  truth: ['true', 'false', null],
  nothing: [null, null, null],
  category: ['x', 'y', 'x'],
  uuid: ['00010203-0405-0607-0809-0a0b0c0d0e0f', null, '00000000-0000-0000-0000-000000000000'],
  json: ['{"a":[1.0,null]}', null, '"t"'],
  ['__proto__']: ['p', null, 'q'],
};

describe('a Parquet file', () => {
  it.each([
    ...['types-none-v1', 'types-snappy-v1', 'types-gzip-v1', 'types-brotli-v1', 'types-zstd-v1'],
    ...['types-zstd-v2', 'types-none-v2-plain'],
  ])('gives every type with its digits: %s', async (name) => {
    const { rows, texts } = await read(name);
    const names = Object.keys(TYPES);
    expect(rows).toHaveLength(3);
    rows.forEach((row, at) => {
      expect(Object.keys(row)).toEqual(names);
      for (const column of names)
        expect([column, row[column]]).toEqual([column, TYPES[column]![at]]);
    });
    expect(texts).toEqual([
      ...['prompt', 'large', 'decimal', 'wide', 'micros', 'nanos', 'millis', 'date', 'time'],
      ...['category', 'uuid', '__proto__'],
    ]);
  });

  it('of DuckDB gives what it means', async () => {
    const { rows } = await read('duckdb');
    expect(rows).toEqual([
      {
        ...{ h: '1', small: '1.50', t: 'a', l: '[1,null]', s: '{"b":"x"}', m: '{"k":2}' },
        ...{ ts: '2024-02-29T01:02:03.12Z', tz: '2024-02-29T01:02:03Z', d: '2024-02-29' },
        ...{ ti: '01:02:03.5', u: '00010203-0405-0607-0809-0a0b0c0d0e0f', e: 'x', j: '{"a":1}' },
        ...{ n: '255', b: 'true' },
      },
    ]);
  });

  it.each(['encodings-v1', 'encodings-v2'])(
    'is read however values are written, over pages and groups: %s',
    async (name) => {
      const { rows } = await read(name);
      expect(rows).toHaveLength(3000);
      rows.forEach((row, i) => {
        const delta64 = BigInt(i * 7919) * (i % 2 === 0 ? 1n : -1n) * 10n ** 11n;
        expect(row).toEqual({
          plain: `${i}`,
          delta32: `${((i * 7919) % 1000) - 500}`,
          delta64: `${delta64}`,
          lengths: i % 5 === 0 ? null : `text ${i}`.repeat(i % 3),
          prefixes: `https://example.org/${Math.floor(i / 10)}/${i}`,
          split32: `${i / 4}`,
          split64: i % 7 === 0 ? null : `${i / 8}`,
          bits: `${i % 3 === 0}`,
          dictionary: `word ${i % 300}`,
          nested: JSON.stringify(Array.from({ length: i % 4 }, (_, k) => `${i}-${k}`)),
        });
      });
    },
  );

  it('has rows that go over several pages', async () => {
    const { rows } = await read('long-list');
    expect(rows.map(({ items }) => JSON.parse(items!))).toEqual([
      ['a'],
      Array.from({ length: 500 }, (_, at) => `item ${at}`),
      [],
    ]);
  });

  it('has timestamps of old', async () => {
    expect((await read('int96')).rows.map(({ old }) => old)).toEqual([
      ...['1970-01-01T00:00:00.000000001Z', '1969-12-31T23:59:59.999999999Z', null],
    ]);
  });

  it('may have no rows, or no columns', async () => {
    const { rows, texts } = await read('no-rows');
    expect([rows.length, texts.length]).toEqual([0, 12]);
    expect(await read('no-columns')).toEqual({ rows: [], texts: [] });
  });

  it('is refused with every column that cannot be read, by name', async () => {
    await expect(read('binary')).rejects.toMatchObject({
      code: 'bad_input',
      message:
        'binary has the column "prompt", which is binary; it has the column "fixed", which is binary; it has the column "deep.a", which is binary',
    });
    await expect(read('lz4')).rejects.toMatchObject({
      message: expect.stringContaining('packed with LZ4_RAW, which is not known here: "id"'),
      hint: expect.stringContaining('pyarrow.parquet'),
    });
    await expect(read('same-name')).rejects.toThrow('same-name has more than one column "a"');
    await expect(read('same-field')).rejects.toThrow('same-field has more than one column "s.a"');
  });

  it('may come as bytes that are there once', async () => {
    const bytes = readFileSync(join(FIXTURES, 'long-list.parquet'));
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
    }
    const { batches } = await openParquet(pieces(), 'standard input');
    const found = [];
    for await (const rows of batches) found.push(...rows);
    expect(found.map(({ cells: [id] }) => id)).toEqual(['1', '2', '3']);
  });
});
