import { AtomicFile } from '../io/index.ts';
import { CountedRows } from './counted-rows.ts';
import type { OutputForm } from './output-form.ts';
import type { OutputTable } from './output-table.ts';

/** Characters that are written at once. */
const PIECE_CHARACTERS = 256 * 1024;

/** Writes a map's output; the file appears at once and complete. @throws TuttiError */
export async function writeOutput(
  table: OutputTable,
  path: string,
  _form: OutputForm,
): Promise<CountedRows> {
  const file = await AtomicFile.create(path);
  try {
    const counted = await writeLines(table, (bytes) => file.write(bytes));
    await file.seal();
    await file.commit();
    return counted;
  } catch (error) {
    await file.abort();
    throw error;
  }
}

/** Writes a map's output as JSON lines, piece by piece. */
export async function writeLines(
  table: OutputTable,
  write: (bytes: Buffer) => Promise<void>,
): Promise<CountedRows> {
  const counted = new CountedRows();
  if (table.needsLook) await table.look(() => {});
  let text = '';
  for await (const row of table.rows(counted)) {
    text += `${row}\n`;
    if (text.length < PIECE_CHARACTERS) continue;
    await write(Buffer.from(text));
    text = '';
  }
  if (text !== '') await write(Buffer.from(text));
  return counted;
}
