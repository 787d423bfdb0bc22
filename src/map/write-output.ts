import { AtomicFile } from '../io/index.ts';
import { CellWriter } from './cell-writer.ts';
import { CountedRows } from './counted-rows.ts';
import type { OutputForm } from './output-form.ts';
import type { OutputTable } from './output-table.ts';

/** Characters that are written at once. */
const PIECE_CHARACTERS = 256 * 1024;

/** Takes the next bytes of an output. */
type WriteBytes = (bytes: Buffer) => Promise<void>;

/** Writes a map's output; the file appears at once and complete. @throws TuttiError */
export async function writeOutput(
  table: OutputTable,
  path: string,
  form: OutputForm,
): Promise<CountedRows> {
  const file = await AtomicFile.create(path);
  try {
    const counted = await writeForm(table, form, (bytes) => file.write(bytes));
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
  form: OutputForm,
  write: WriteBytes,
): Promise<CountedRows> {
  if (form === 'jsonl') {
    await table.look();
    return writeTexts(table, '', (row) => `${row}\n`, write);
  }
  if (form === 'parquet') {
    const { writeParquet } = await import('./write-parquet.ts');
    return writeParquet(table, write);
  }
  const cells = new CellWriter(await table.columns(), form);
  return writeTexts(table, cells.header(), (row) => cells.line(row), write);
}

async function writeTexts(
  table: OutputTable,
  start: string,
  textOf: (row: string) => string,
  write: WriteBytes,
): Promise<CountedRows> {
  const counted = new CountedRows();
  let text = start;
  for await (const { texts } of table.entries(counted)) {
    for (const row of texts) text += textOf(row);
    if (text.length < PIECE_CHARACTERS) continue;
    await write(Buffer.from(text));
    text = '';
  }
  if (text !== '') await write(Buffer.from(text));
  return counted;
}
