import { type Field, type RecordBatch, RecordBatchReader, Type, type Vector } from 'apache-arrow';
import { ArrowProblem, damaged } from './arrow-problem.ts';
import { checkData } from './checked-data.ts';
import { fieldText, quoted, tellTwice } from './field-text.ts';
import type { ArrowMessage } from './message-head.ts';
import { expectUnpacked, unpackedBytes } from './unpacked-body.ts';
import type { ValueText } from './value-text.ts';

const MOST_PROBLEMS = 20;

/** Loads messages as they come. */
export class BatchLoader {
  readonly #schema: ArrowMessage;
  /** Dictionaries that are loaded, by number. */
  #dictionaries: ReadonlyMap<number, Vector> = new Map();
  /** Those that came since: the next batch of rows loads them. */
  readonly #waiting = new Map<number, ArrowMessage[]>();
  /** What each dictionary unpacks to. */
  readonly #unpackedBytes = new Map<number, number>();
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
      this.#keep(message, message.dictionary);
      return null;
    }
    const { rows, nodes } = message.batch!;
    if (this.#nodes.some((node) => nodes[node]?.[0] !== rows)) {
      throw damaged('a column has another number of rows');
    }
    const held = [...this.#unpackedBytes.values()].reduce((sum, bytes) => sum + bytes, 0);
    const waiting = [...this.#waiting.values()].flat();
    expectUnpacked([...waiting, message], held + unpackedBytes(message));
    // The library has no way to load a batch alone: it reads the schema anew, and is given the dictionaries.
    const bytes = [this.#schema, ...waiting, message].flatMap((one) => [one.bytes, one.body]);
    const reader = RecordBatchReader.from(bytes).open();
    for (const [id, dictionary] of this.#dictionaries) reader.dictionaries.set(id, dictionary);
    const { value } = reader.next() as IteratorResult<RecordBatch>;
    if (value?.numRows !== rows) throw damaged('rows are missing');
    for (const [id, { length }] of this.#waiting) {
      for (const part of reader.dictionaries.get(id)?.data.slice(-length) ?? []) checkData(part);
    }
    for (const child of value.data.children) checkData(child);
    this.#dictionaries = reader.dictionaries;
    this.#waiting.clear();
    return value;
  }

  /** A dictionary adds to what its number has, or takes its place. */
  #keep(
    message: ArrowMessage,
    { id, adds }: { readonly id: number; readonly adds: boolean },
  ): void {
    const before = adds ? this.#waiting.get(id) : undefined;
    if (before === undefined) this.#waiting.set(id, [message]);
    else before.push(message);
    const bytes = adds ? (this.#unpackedBytes.get(id) ?? 0) : 0;
    this.#unpackedBytes.set(id, bytes + unpackedBytes(message));
  }
}

function nodeCount({ type }: Field): number {
  if (type.typeId === Type.Dictionary) return 1;
  const children = (type.children ?? []) as Field[];
  return children.reduce((sum, child) => sum + nodeCount(child), 1);
}
