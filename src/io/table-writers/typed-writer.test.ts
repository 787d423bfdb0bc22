import { describe, expect, it } from 'vitest';
import { openArrow } from '../arrow/index.ts';
import { openParquet } from '../parquet/index.ts';
import { STORED } from '../stored-type.ts';
import type { WrittenCell, WrittenColumn } from '../written-column.ts';
import { openTypedWriter } from './typed-writer.ts';

const COLUMNS: readonly WrittenColumn[] = [
  { name: 'text', type: STORED.text },
  { name: 'json "x"', type: STORED.json },
  { name: '__proto__', type: STORED.boolean },
  { name: 'integer', type: STORED.integer },
  { name: 'double', type: STORED.double },
  { name: 'nothing', type: STORED.text },
];

async function written(form: 'parquet' | 'arrow', rows: Iterable<readonly WrittenCell[]>) {
  const pieces: Buffer[] = [];
  const writer = await openTypedWriter(form, COLUMNS, async (bytes) => {
    pieces.push(Buffer.from(bytes));
  });
  for (const row of rows) await writer.add(row);
  await writer.end();
  return Buffer.concat(pieces);
}

async function* whole(bytes: Buffer): AsyncGenerator<Buffer, void> {
  yield bytes;
}

async function back(form: 'parquet' | 'arrow', bytes: Buffer) {
  const open = form === 'arrow' ? openArrow : openParquet;
  const { columns, batches } = await open(whole(bytes), 'file');
  const rows: (readonly (string | null)[])[] = [];
  for await (const batch of batches) rows.push(...batch.map(({ cells }) => cells));
  return { columns, rows };
}

describe.each(['parquet', 'arrow'] as const)('a table that is written as %s', (form) => {
  it('is read with the values that it has', async () => {
    const rows: WrittenCell[][] = [
      ['a\n"ü🦜', '{"a":1.0}', true, 2n ** 60n + 1n, 0.1, null],
      ['', null, false, null, null, null],
      [null, '[1,null]', null, -1n, -2.5, null],
    ];
    const { columns, rows: found } = await back(form, await written(form, rows));
    expect(columns.map(({ name, isText }) => [name, isText])).toEqual([
      ['text', true],
      ['json "x"', false],
      ['__proto__', false],
      ['integer', false],
      ['double', false],
      ['nothing', true],
    ]);
    expect(found).toEqual([
      ['a\n"ü🦜', '{"a":1.0}', 'true', '1152921504606846977', '0.1', null],
      ['', null, 'false', null, null, null],
      [null, '[1,null]', null, '-1', '-2.5', null],
    ]);
  });

  it('may have no rows, or many in groups', async () => {
    expect((await back(form, await written(form, []))).rows).toEqual([]);
    const rows = Array.from({ length: 12_345 }, (_, i): WrittenCell[] => {
      return [`t${i}`, null, i % 2 === 0, BigInt(i), i / 4, null];
    });
    const { rows: found } = await back(form, await written(form, rows));
    expect(found).toHaveLength(12_345);
    expect(found[12_344]).toEqual(['t12344', null, 'true', '12344', '3086', null]);
  });
});
