import { ArrowProblem, damaged, REWRITE_LINE } from './arrow-problem.ts';
import { FlatTable } from './flat-table.ts';

/** What a message says of its body. */
export interface MessageHead {
  readonly kind: 'schema' | 'dictionary' | 'rows' | 'other';
  /** Bytes of the body. */
  readonly bodyLength: number;
  /** Null for a schema. */
  readonly batch: BatchHead | null;
  /** Of a dictionary: its number, and whether it adds to the one before. */
  readonly dictionary: { readonly id: number; readonly adds: boolean } | null;
}

/** What a batch of rows, or a dictionary, says of its values. */
export interface BatchHead {
  readonly rows: number;
  /** Values of each field, those of fields within others behind them, and how many are null. */
  readonly nodes: readonly (readonly number[])[];
  /** Where in the body each part is, and its bytes. */
  readonly buffers: readonly (readonly number[])[];
  /** How parts are packed; null: they are not. */
  readonly packed: 'lz4' | 'zstd' | null;
}

/** A message with all its bytes. */
export interface ArrowMessage extends MessageHead {
  /** The marks before it, what it says of itself, and its body. */
  readonly bytes: Uint8Array;
  readonly body: Uint8Array;
}

const KINDS = [null, 'schema', 'dictionary', 'rows'] as const;
const MOST_FIELDS = 100_000;
const MOST_DEPTH = 64;
const BIG_ENDIAN = 1;

/** A batch is held as a whole. */
export const MOST_BODY_BYTES = 1024 * 1024 * 1024;
/** Numbers of rows are kept in 32 bits. */
const MOST_ROWS = 2 ** 31 - 1;

/** Reads what a message says of itself, and checks that nothing lies outside of it. @throws ArrowProblem */
export function messageHead(metadata: Uint8Array): MessageHead {
  const message = FlatTable.root(metadata);
  const kind = KINDS[message.number(1, 1)] ?? 'other';
  const bodyLength = message.number(3, 8);
  if (bodyLength < 0) throw damaged('a batch has a body of less than nothing');
  if (bodyLength > MOST_BODY_BYTES) {
    throw new ArrowProblem(
      `has a batch of ${bodyLength} bytes, more than 1 GiB`,
      `Write it anew in smaller ones: ${REWRITE_LINE}`,
    );
  }
  const header = message.table(2);
  if (header === null) throw damaged('a message says nothing');
  if (kind === 'schema') checkSchema(header);
  if (kind === 'schema' || kind === 'other') {
    return { kind, bodyLength, batch: null, dictionary: null };
  }
  const rows = kind === 'dictionary' ? header.table(1) : header;
  if (rows === null) throw damaged('a dictionary has no values');
  const batch = batchHead(rows, bodyLength);
  if (kind === 'rows') return { kind, bodyLength, batch, dictionary: null };
  const dictionary = { id: header.number(0, 8), adds: header.number(2, 1) !== 0 };
  return { kind, bodyLength, batch, dictionary };
}

function batchHead(header: FlatTable, bodyLength: number): BatchHead {
  const rows = header.number(0, 8);
  const nodes = header.numberGroups(1, 2);
  const buffers = header.numberGroups(2, 2);
  const isRight =
    [rows, ...nodes.flat()].every((count) => count >= 0 && count <= MOST_ROWS) &&
    buffers.every(([at, length]) => at! >= 0 && length! >= 0 && at! + length! <= bodyLength);
  if (!isRight) throw damaged('a batch claims more than it has');
  const compression = header.table(3);
  const codec = compression?.number(0, 1) === 1 ? 'zstd' : 'lz4';
  return { rows, nodes, buffers, packed: compression === null ? null : codec };
}

/** Tables may stand at several places, so that few bytes can be any number of fields. */
function checkSchema(schema: FlatTable): void {
  if (schema.number(0, 2) === BIG_ENDIAN) {
    throw new ArrowProblem('has its numbers in big-endian order', `Write it anew: ${REWRITE_LINE}`);
  }
  let count = 0;
  const check = (fields: Iterable<FlatTable>, depth: number) => {
    for (const field of fields) {
      if (++count > MOST_FIELDS) throw new ArrowProblem(`has more than ${MOST_FIELDS} fields`);
      if (depth > MOST_DEPTH) throw new ArrowProblem(`has types nested over ${MOST_DEPTH} deep`);
      check(field.tables(5), depth + 1);
      for (const _ of field.tables(6)) count++;
    }
  };
  check(schema.tables(1), 1);
  for (const _ of schema.tables(2)) count++;
}
