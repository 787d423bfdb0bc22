import type { Readable } from 'node:stream';
import { parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { readRows } from '../../io/datasets/index.ts';
import { type RowFormOptions, rowForms } from './row-forms.ts';

/** A line of a file of rows that is not blank. */
export interface RecordLine {
  /** Its number, counted from 1. */
  readonly line: number;
  /** Its JSON text. */
  readonly text: string;
  /** The object that it is, or what is wrong with it, as the end of a sentence. */
  readonly record: JsonObject | string;
}

/** How records are read. */
export interface ReadRecordsOptions extends RowFormOptions {
  /** What the input is called in messages; its extension tells the form. */
  readonly name: string;
  /** Reads the JSON of a line; default: to all of its digits. It throws where that is none. */
  readonly parse?: (text: string) => unknown;
  /** Receives the rows as JSON lines. */
  readonly tee?: ((bytes: Buffer) => Promise<void>) | undefined;
}

/**
 * Reads rows, or results, of any form as batches of the objects that they are.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`; `bad_input` for what is no table
 */
export async function* readRecords(
  input: string | Readable | AsyncIterable<Buffer>,
  { name, parse = parseExactJson, tee, ...form }: ReadRecordsOptions,
): AsyncGenerator<readonly RecordLine[], void> {
  for await (const lines of readRows(input, { name, tee, ...rowForms(form) })) {
    const records = lines.flatMap(({ number, text, problem }): RecordLine[] => {
      if (problem !== null) return [{ line: number, text, record: problem }];
      return text.trim() === '' ? [] : [{ line: number, text, record: recordIn(text, parse) }];
    });
    if (records.length > 0) yield records;
  }
}

function recordIn(text: string, parse: (text: string) => unknown): JsonObject | string {
  try {
    const value = parse(text);
    if (value === null) return 'is null, as prompto writes an answer that it has lost: take it out';
    return isJsonObject(value) && !JSON.isRawJSON(value) ? value : 'is not a JSON object';
  } catch {
    return 'is not JSON';
  }
}
