import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { parquetMetadata } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { STORED_TYPE, storedValue } from '../../../test/support/stored-values.ts';
import { parseExactJson } from '../../core/exact-json.ts';
import { openArrow } from '../arrow/index.ts';
import { ColumnCells } from '../column-cells.ts';
import { openParquet } from '../parquet/index.ts';
import { type StoredType, typeIn } from '../stored-type.ts';
import type { TypedTable } from '../typed-table.ts';
import { openTypedWriter } from './typed-writer.ts';

const FIXTURES = join(import.meta.dirname, '../../../test');

type Form = 'parquet' | 'arrow';

interface Content {
  readonly columns: readonly {
    readonly name: string;
    readonly isText: boolean;
    readonly type: StoredType | null;
  }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

async function contentOf({ columns, batches }: TypedTable): Promise<Content> {
  const rows: (readonly (string | null)[])[] = [];
  for await (const batch of batches) rows.push(...batch.map(({ cells }) => cells));
  return { columns, rows };
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Buffer, void> {
  yield Buffer.from(bytes);
}

const opened = async (form: Form, bytes: Uint8Array) =>
  contentOf(await (form === 'arrow' ? openArrow : openParquet)(whole(bytes), 'file'));

/** What is written of cells as they were read, with the types that their columns had. */
async function carried(form: Form, { columns, rows }: Content): Promise<Uint8Array> {
  const values = rows.map((row) =>
    row.map((cell, at) => {
      return cell === null || columns[at]!.isText ? cell : parseExactJson(cell);
    }),
  );
  const cells = columns.map(({ type }) => new ColumnCells(form, type));
  for (const row of values) for (const [at, value] of row.entries()) cells[at]!.note(value);
  const written = cells.map((one) => one.written());
  const pieces: Buffer[] = [];
  const writer = await openTypedWriter(
    form,
    columns.map(({ name }, at) => ({ name, type: written[at]!.type })),
    async (bytes) => {
      pieces.push(Buffer.from(bytes));
    },
  );
  for (const row of values) await writer.add(row.map((value, at) => written[at]!.cellOf(value)));
  await writer.end();
  return Buffer.concat(pieces);
}

/** Numbers that are written in several ways are one. */
function plain({ rows }: Content): unknown {
  return rows.map((row) => row.map((cell) => cell?.replace('e+', 'e')));
}

const fixtures = (form: Form) =>
  readdirSync(join(FIXTURES, form, 'fixtures'))
    .filter((name) => /^types|^int96|^long-list/.test(name))
    .map((name) => [name, join(FIXTURES, form, 'fixtures', name)] as const);

describe('a file of another program', () => {
  it.each(fixtures('parquet'))('has its values and its types still: %s', async (name, path) => {
    const before = await contentOf(await openParquet(path, name));
    for (const form of ['parquet', 'arrow'] as const) {
      const after = await opened(form, await carried(form, before));
      expect(plain(after)).toEqual(plain(before));
      for (const [at, { name: column, type }] of before.columns.entries()) {
        if (type === null) continue;
        const expected = typeIn(form, type);
        expect([column, after.columns[at]!.type]).toEqual([column, viewOf(form, expected!)]);
      }
    }
  });
});

/** What the other form says of a type. */
function viewOf(form: Form, type: StoredType): StoredType {
  if (type.kind === 'list') return { ...type, item: viewOf(form, type.item) };
  if (form === 'parquet') {
    if (type.kind === 'date') return { ...type, isLong: false };
    if (type.kind === 'timestamp' && type.zone) return { ...type, zone: 'UTC' };
    if (type.kind === 'decimal') return { ...type, bits: type.precision > 38 ? 256 : 128 };
    return type;
  }
  if (type.kind === 'time') return { ...type, isUtc: false };
  return type.kind === 'timestamp' ? { ...type, zone: type.zone ?? null } : type;
}

const TABLE = fc.array(STORED_TYPE, { minLength: 1, maxLength: 6 }).chain((types) => {
  const row = fc.tuple(...types.map((type) => fc.option(storedValue(type))));
  return fc.record({ types: fc.constant(types), rows: fc.array(row, { maxLength: 30 }) });
});

describe.each(['parquet', 'arrow'] as const)('any table that is carried to %s', (form) => {
  it('has its values and its types still', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(TABLE, async ({ types, rows }) => {
        const columns = types.map((type, at) => {
          const isText = rows.every((row) => /^"|^$/.test(row[at] ?? '')) && type.kind !== 'json';
          return { name: `c${at}`, type, isText };
        });
        const cells = rows.map((row) =>
          row.map((text, at) =>
            text !== null && columns[at]!.isText ? (JSON.parse(text) as string) : text,
          ),
        );
        const after = await opened(form, await carried(form, { columns, rows: cells }));
        expect(plain(after)).toEqual(plain({ columns, rows: cells }));
        const expected = types.map((type) => viewOf(form, typeIn(form, type)!));
        expect(after.columns.map(({ type }) => type)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what the types are to other readers', () => {
  const type = (kind: object) => kind as StoredType;
  const columns = [
    type({ kind: 'date', isLong: false }),
    type({ kind: 'timestamp', digits: 6, zone: 'UTC' }),
    type({ kind: 'timestamp', digits: 9, zone: null }),
    type({ kind: 'time', digits: 3, isUtc: false }),
    type({ kind: 'decimal', precision: 9, scale: 2, bits: 128 }),
    type({ kind: 'integer', bits: 16, isSigned: false }),
    type({ kind: 'float' }),
    type({ kind: 'list', item: { kind: 'integer', bits: 32, isSigned: true }, size: null }),
  ].map((one, at) => ({ name: `c${at}`, type: one, isText: at < 5 }));
  const rows = [
    [
      ...['2024-02-29', '2024-02-29T00:00:00.5Z', '1970-01-01T00:00:00.000000001Z'],
      ...['00:00:01', '-1.25', '65535', '0.1', '[1,null]'],
    ],
  ];

  it('is said by the fields of an Arrow file', async () => {
    const table = tableFromIPC(await carried('arrow', { columns, rows }));
    expect(table.schema.fields.map(({ type: one }) => String(one))).toEqual([
      'Date32<DAY>',
      'Timestamp<MICROSECOND, UTC>',
      'Timestamp<NANOSECOND>',
      'Time32<MILLISECOND>',
      'Decimal[9e+2]',
      'Uint16',
      'Float32',
      'List<Int32>',
    ]);
  });

  it('is said by the elements of a Parquet file', async () => {
    const bytes = await carried('parquet', { columns, rows });
    const { schema } = parquetMetadata(new Uint8Array(bytes).buffer);
    expect(schema.slice(1).map((element) => ({ ...element, repetition_type: 0 }))).toMatchObject([
      { name: 'c0', type: 'INT32', logical_type: { type: 'DATE' } },
      { logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } },
      { logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'NANOS' } },
      { type: 'INT32', logical_type: { type: 'TIME', isAdjustedToUTC: false, unit: 'MILLIS' } },
      { type_length: 4, precision: 9, scale: 2, logical_type: { type: 'DECIMAL' } },
      { type: 'INT32', converted_type: 'UINT_16' },
      { type: 'FLOAT' },
      { name: 'c7', num_children: 1, logical_type: { type: 'LIST' } },
      { name: 'list' },
      { name: 'element', type: 'INT32' },
    ]);
  });
});
