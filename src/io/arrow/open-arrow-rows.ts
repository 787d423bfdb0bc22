import { type Field, type RecordBatch, RecordBatchReader, Type } from 'apache-arrow';
import { ArrowProblem, damaged, toldOf } from './arrow-problem.ts';
import { checkData } from './checked-data.ts';
import { fieldText, quoted, tellTwice, writtenValue } from './field-text.ts';
import { arrowMessages } from './message-bytes.ts';
import type { ArrowMessage } from './message-head.ts';
import { RowRoom } from './row-room.ts';
import { expectUnpacked } from './unpacked-body.ts';
import type { ValueText } from './value-text.ts';

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

const MOST_PROBLEMS = 20;
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

/** Loads messages as they come. */
class BatchLoader {
  readonly #schema: ArrowMessage;
  readonly #dictionaries = new Map<number, ArrowMessage[]>();
  readonly #nodes: readonly number[];
  readonly fields: readonly Field[];
  readonly names: readonly string[];
  readonly texts: readonly ValueText[];

  /** @throws ArrowProblem with every column that cannot be read */
  constructor(schema: ArrowMessage) {
    this.#schema = schema;
    this.fields = RecordBatchReader.from([schema.bytes]).open().schema?.fields ?? [];
    if (this.fields.length === 0) throw damaged('it has no columns');
    this.names = this.fields.map(({ name }) => quoted(name));
    const problems = new Set<string>();
    tellTwice(this.fields, '', problems);
    this.texts = this.fields.map((field) => fieldText(field, field.name, problems));
    if (problems.size > 0) {
      throw new ArrowProblem(
        [...problems].slice(0, MOST_PROBLEMS).join('; it '),
        'Leave binary columns out, write others as text or numbers, each name once.',
      );
    }
    // Values of fields within others stand behind theirs.
    let node = 0;
    this.#nodes = this.fields.map((field) => {
      const own = node;
      node += nodeCount(field);
      return own;
    });
  }

  /** The rows of a message; null where it is a dictionary. @throws ArrowProblem where it is not what it says */
  load(message: ArrowMessage): RecordBatch | null {
    if (message.dictionary !== null) {
      const { id, adds } = message.dictionary;
      const before = adds ? (this.#dictionaries.get(id) ?? []) : [];
      this.#dictionaries.set(id, [...before, message]);
      return null;
    }
    const { rows, nodes } = message.batch!;
    if (this.#nodes.some((node) => nodes[node]?.[0] !== rows)) {
      throw damaged('a column has another number of rows');
    }
    // The library has no way to load a batch alone: dictionaries are only looked at again, not copied.
    const all = [...[...this.#dictionaries.values()].flat(), message];
    expectUnpacked(all);
    const bytes = [this.#schema, ...all].flatMap((one) => [one.bytes, one.body]);
    const { value } = RecordBatchReader.from(bytes).next() as IteratorResult<RecordBatch>;
    if (value?.numRows !== rows) throw damaged('rows are missing');
    for (const child of value.data.children) checkData(child);
    return value;
  }
}

function nodeCount({ type }: Field): number {
  if (type.typeId === Type.Dictionary) return 1;
  const children = (type.children ?? []) as Field[];
  return children.reduce((sum, child) => sum + nodeCount(child), 1);
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
