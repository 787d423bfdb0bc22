import { parseExactJson } from '../core/exact-json.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { AtomicFile } from '../io/index.ts';
import {
  ColumnCells,
  cellText,
  cellWriter,
  jsonLinesWriter,
  jsonListWriter,
  openTypedWriter,
  type RowWriter,
  type WriteBytes,
} from '../io/table-writers/index.ts';
import { CountedRows } from './counted-rows.ts';
import type { OutputForm } from './output-form.ts';
import type { OutputTable } from './output-table.ts';

/** How an output is written. */
export interface OutputWriting {
  readonly form: OutputForm;
  /** In CSV, an apostrophe stands before what a spreadsheet would take for a formula; default false. */
  readonly excelSafe?: boolean | undefined;
}

/** Writes a map's output; the file appears at once and complete. @throws TuttiError */
export async function writeOutput(
  table: OutputTable,
  path: string,
  how: OutputWriting,
): Promise<CountedRows> {
  const file = await AtomicFile.create(path);
  try {
    const counted = await writeForm(table, how, (bytes) => file.write(bytes));
    await file.seal();
    await file.commit();
    return counted;
  } catch (error) {
    await file.abort();
    throw error;
  }
}

/** Writes a map's output in a form, piece by piece. */
export async function writeForm(
  table: OutputTable,
  { form, excelSafe = false }: OutputWriting,
  write: WriteBytes,
): Promise<CountedRows> {
  if (form === 'jsonl' || form === 'json') {
    await table.look();
    return writeRows(
      table,
      form === 'json' ? jsonListWriter(write) : jsonLinesWriter(write),
      asText,
    );
  }
  const columns = await table.columns();
  if (form === 'csv' || form === 'tsv') {
    return writeRows(table, cellWriter({ form, columns, excelSafe }, write), (text) => {
      const row = objectOf(text);
      return columns.map((name) => cellText(ownValue(row, name)));
    });
  }
  return writeTyped(table, columns, form, write);
}

/**
 * A column that comes from the input has the type that it has there where its values are still of it, any other the
 * simplest type that holds all its values exactly, so that rows are gone through twice.
 */
async function writeTyped(
  table: OutputTable,
  names: readonly string[],
  form: 'parquet' | 'arrow',
  write: WriteBytes,
): Promise<CountedRows> {
  const values = names.map((name) => new ColumnCells(form, table.carriedType(name)));
  for await (const { texts } of table.entries(new CountedRows())) {
    for (const row of texts.map(objectOf)) {
      for (const [at, name] of names.entries()) values[at]!.note(ownValue(row, name));
    }
  }
  const columns = names.map((name, at) => ({ name, ...values[at]!.written() }));
  return writeRows(table, await openTypedWriter(form, columns, write), (text) => {
    const row = objectOf(text);
    return columns.map(({ name, cellOf }) => cellOf(ownValue(row, name)));
  });
}

async function writeRows<Row>(
  table: OutputTable,
  writer: RowWriter<Row>,
  rowOf: (text: string) => Row,
): Promise<CountedRows> {
  const counted = new CountedRows();
  for await (const { texts } of table.entries(counted)) {
    for (const text of texts) {
      const added = writer.add(rowOf(text));
      if (added !== undefined) await added;
    }
  }
  await writer.end();
  return counted;
}

function asText(text: string): string {
  return text;
}

function objectOf(text: string): JsonObject {
  return parseExactJson(text) as JsonObject;
}

function ownValue(row: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}
