import { parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type DatasetColumn, readRows } from '../../io/datasets/index.ts';
import { AtomicFile } from '../../io/index.ts';
import { KeyAdder, type RecordKeys } from '../../store/index.ts';
import { cellObjectWriter, isHeader } from '../forms/cell-object.ts';

/** Which records get keys, and where they go. */
export interface ScoreFileRequest {
  /** Path of a results file, of any form. */
  readonly input: string;
  /** Path of the new file, JSON lines; it appears at once and complete, in the place of an older one. */
  readonly output: string;
  readonly keys: readonly RecordKeys[];
}

const MOST_SHOWN = 20;

/**
 * Writes the records of a file anew, with keys. Memory does not grow with it.
 *
 * @returns how many there are
 * @throws TuttiError `bad_input` with the places of lines that are no records, nothing is then written; `file_missing`,
 *   `file_unwritable`, …
 */
export async function scoreFile({ input, output, keys }: ScoreFileRequest): Promise<number> {
  const adder = new KeyAdder(keys);
  const file = await AtomicFile.create(output);
  let count = 0;
  try {
    for await (const records of recordBatches(input)) {
      const texts = await adder.add(records);
      count += texts.length;
      await file.write(Buffer.from(texts.map((text) => `${text}\n`).join('')));
    }
    await file.commit();
  } finally {
    await file.abort();
  }
  return count;
}

/** Reads a file as batches of records; all lines that are none are told at once. */
async function* recordBatches(input: string): AsyncGenerator<string[], void> {
  const problems: string[] = [];
  let wrong = 0;
  let batch: string[] = [];
  let characters = 0;
  const cellsOf = (columns: readonly DatasetColumn[]) => cellObjectWriter(columns, []);
  for await (const lines of readRows(input, { name: input, isHeader, cellsOf })) {
    for (const { number, text, problem } of lines) {
      if (problem === null && text.trim() === '') continue;
      const mistake = problem ?? mistakeIn(text);
      if (mistake !== null && ++wrong <= MOST_SHOWN) {
        problems.push(`${plainLine(input, 500)}:${number}: the line ${mistake}`);
      }
      if (wrong > 0) continue;
      batch.push(text);
      characters += text.length;
      if (!KeyAdder.isFull(batch.length, characters)) continue;
      yield batch;
      batch = [];
      characters = 0;
    }
  }
  if (wrong > 0) {
    if (wrong > problems.length) problems.push(`… and ${wrong - problems.length} more`);
    throw new TuttiError('bad_input', problems.join('\n'));
  }
  if (batch.length > 0) yield batch;
}

function mistakeIn(text: string): string | null {
  try {
    const value = parseExactJson(text);
    return isJsonObject(value) && !JSON.isRawJSON(value) ? null : 'is not a JSON object';
  } catch {
    return 'is not JSON';
  }
}
