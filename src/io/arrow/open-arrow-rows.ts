import { damaged, toldOf } from './arrow-problem.ts';
import { BatchLoader } from './batch-loader.ts';
import { writtenValue } from './field-text.ts';
import { arrowMessages } from './message-bytes.ts';
import type { ArrowMessage } from './message-head.ts';
import { RowRoom } from './row-room.ts';

/** A column of an Arrow file. */
export interface ArrowColumn {
  readonly name: string;
  /** True when its cells are texts as they are; false when they are JSON. */
  readonly isText: boolean;
}

/** A row of an Arrow file. */
export interface ArrowRow {
  /** Its place in the file, counted from 1. */
  readonly number: number;
  /** A cell a column; null for none. */
  readonly cells: readonly (string | null)[];
  /** What is wrong with the row, as the end of a sentence; null if nothing. */
  readonly problem: string | null;
}

/** The rows of an Arrow file, not read yet. */
export interface ArrowRows {
  readonly columns: readonly ArrowColumn[];
  /** The rows, once. */
  readonly batches: AsyncGenerator<readonly ArrowRow[], void>;
}

const BATCH_ROWS = 1_000;

/**
 * Opens an Arrow file (Feather of version 2) or stream and reads its schema. Values are written as those of Parquet:
 * whole numbers are exact; decimals, dates and times are texts with their digits; lists, structs and maps are JSON.
 * Memory is a batch of rows as the file has them.
 *
 * @param name how messages call it
 * @throws TuttiError `bad_input` for what is damaged, or with every column that cannot be read
 */
export async function openArrowRows(
  chunks: AsyncIterable<Buffer>,
  name: string,
): Promise<ArrowRows> {
  const messages = arrowMessages(chunks);
  try {
    const first = await messages.next();
    if (first.done || first.value.kind !== 'schema') throw damaged('it has no schema');
    const loader = new BatchLoader(first.value);
    const columns = loader.fields.map(({ name: column }, at) => {
      return { name: column, isText: loader.texts[at]!.isText };
    });
    return { columns, batches: telling(rowBatches(messages, loader), name) };
  } catch (error) {
    await messages.return();
    throw toldOf(error, name);
  }
}

async function* rowBatches(
  messages: AsyncIterable<ArrowMessage>,
  loader: BatchLoader,
): AsyncGenerator<readonly ArrowRow[], void> {
  let number = 0;
  const room = new RowRoom();
  for await (const message of messages) {
    if (message.kind === 'schema') throw damaged('it has two schemas');
    const batch = message.kind === 'other' ? null : loader.load(message);
    if (batch === null) continue;
    const { children } = batch.data;
    let rows: ArrowRow[] = [];
    for (let at = 0; at < batch.numRows; at++) {
      room.begin();
      const cells = loader.texts.map((text, column) => {
        room.column = loader.names[column]!;
        return writtenValue(text, children[column]!, at, room);
      });
      rows.push({ number: ++number, cells, problem: room.problem });
      if (rows.length < BATCH_ROWS) continue;
      yield rows;
      rows = [];
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (rows.length > 0) yield rows;
  }
}

async function* telling(
  rows: AsyncIterable<readonly ArrowRow[]>,
  name: string,
): AsyncGenerator<readonly ArrowRow[], void> {
  try {
    yield* rows;
  } catch (error) {
    throw toldOf(error, name);
  }
}
