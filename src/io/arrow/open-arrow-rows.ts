import { TypedBatch, type TypedRow, type TypedTable } from '../typed-table.ts';
import { damaged, toldOf } from './arrow-problem.ts';
import { BatchLoader } from './batch-loader.ts';
import { writtenValue } from './field-text.ts';
import { arrowMessages } from './message-bytes.ts';
import type { ArrowMessage } from './message-head.ts';
import { RowRoom } from './row-room.ts';
import { storedTypeOf } from './stored-type-of.ts';

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
): Promise<TypedTable> {
  const messages = arrowMessages(chunks);
  try {
    const first = await messages.next();
    if (first.done || first.value.kind !== 'schema') throw damaged('it has no schema');
    const loader = new BatchLoader(first.value);
    const columns = loader.fields.map((field, at) => {
      return { name: field.name, isText: loader.texts[at]!.isText, type: storedTypeOf(field) };
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
): AsyncGenerator<readonly TypedRow[], void> {
  let number = 0;
  const room = new RowRoom();
  for await (const message of messages) {
    if (message.kind === 'schema') throw damaged('it has two schemas');
    const batch = message.kind === 'other' ? null : loader.load(message);
    if (batch === null) continue;
    const { children } = batch.data;
    const rows = new TypedBatch();
    for (let at = 0; at < batch.numRows; at++) {
      room.begin();
      const cells = loader.texts.map((text, column) => {
        room.column = loader.names[column]!;
        return writtenValue(text, children[column]!, at, room);
      });
      rows.add({ number: ++number, cells, problem: room.problem }, room.length);
      if (!rows.isFull) continue;
      yield rows.take();
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (!rows.isEmpty) yield rows.take();
  }
}

async function* telling(
  rows: AsyncIterable<readonly TypedRow[]>,
  name: string,
): AsyncGenerator<readonly TypedRow[], void> {
  try {
    yield* rows;
  } catch (error) {
    throw toldOf(error, name);
  }
}
