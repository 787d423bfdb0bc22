import { parseExactJson } from '../core/exact-json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { ColumnValues, cellOf } from '../io/parquet/column-values.ts';
import { ParquetTableWriter } from '../io/parquet/parquet-writer.ts';
import { CountedRows } from './counted-rows.ts';
import type { OutputTable } from './output-table.ts';

/** Writes a map's output as Parquet: each column has the simplest type that holds all its values exactly. */
export async function writeParquet(
  table: OutputTable,
  write: (bytes: Buffer) => Promise<void>,
): Promise<CountedRows> {
  const names = await table.columns();
  const values = names.map(() => new ColumnValues(false));
  for await (const { texts } of table.entries(new CountedRows())) {
    for (const row of texts.map(objectOf)) {
      for (const [at, name] of names.entries()) values[at]!.note(ownValue(row, name));
    }
  }
  const columns = names.map((name, at) => ({ name, type: values[at]!.type }));
  const writer = new ParquetTableWriter(columns, (bytes) => write(Buffer.from(bytes)));
  const counted = new CountedRows();
  for await (const { texts } of table.entries(counted)) {
    for (const row of texts.map(objectOf)) {
      const added = writer.add(columns.map(({ name, type }) => cellOf(type, ownValue(row, name))));
      if (added !== undefined) await added;
    }
  }
  await writer.end();
  return counted;
}

function objectOf(text: string): JsonObject {
  return parseExactJson(text) as JsonObject;
}

function ownValue(row: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}
