import type { NamelessFile } from '../nameless-file.ts';
import { damaged } from './arrow-problem.ts';
import { ARROW_MAGIC } from './arrow-start.ts';
import { FlatTable } from './flat-table.ts';
import { type ArrowMessage, messageHead } from './message-head.ts';

const TAIL_BYTES = 4 + ARROW_MAGIC.length;
const MOST_FOOTER_BYTES = 64 * 1024 * 1024;
/** The fields of a footer. */
const SCHEMA = 1;
const DICTIONARIES = 2;
const BATCHES = 3;
/** A block says where a message begins, and how long it is: three numbers of 8 bytes. */
const BLOCK_NUMBERS = 3;

/**
 * Begins a message of which the schema follows 32 bytes later: a root, its table of fields (version, kind of header,
 * header), and itself with version 5 and the kind 1.
 */
const MESSAGE_START = [
  16, 0, 0, 0, 10, 0, 12, 0, 8, 0, 10, 0, 4, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0, 0,
  0,
];
/** Where in it the place of the schema stands. */
const HEADER_AT = 20;

/** What stands at the end of a file. */
export interface FileFooter {
  /** Its schema, as the message that would stand at its begin. */
  readonly schema: ArrowMessage;
  /** Where in the file its messages begin, those of dictionaries first. */
  readonly places: readonly number[];
}

/** Reads the end of a file. @throws ArrowProblem */
export async function fileFooter(file: NamelessFile): Promise<FileFooter> {
  const tail = await file.read(file.size - TAIL_BYTES, TAIL_BYTES);
  if (tail.toString('latin1', 4) !== ARROW_MAGIC) throw damaged('it ends too soon');
  const length = tail.readInt32LE(0);
  if (length <= 0 || length > MOST_FOOTER_BYTES) throw damaged('its end has no length');
  const footer = await file.read(file.size - TAIL_BYTES - length, length);
  const root = FlatTable.root(footer);
  const blocks = [DICTIONARIES, BATCHES].flatMap((field) => [
    ...root.numberGroups(field, BLOCK_NUMBERS),
  ]);
  const places = blocks.map(([place]) => place!);
  if (new Set(places).size < places.length) throw damaged('two batches are one');
  return { schema: schemaMessage(root, footer), places };
}

function schemaMessage(root: FlatTable, footer: Buffer): ArrowMessage {
  const schema = root.table(SCHEMA);
  if (schema === null) throw damaged('it has no schema');
  const metadata = Buffer.concat([Buffer.from(MESSAGE_START), footer]);
  metadata.writeUInt32LE(MESSAGE_START.length + schema.at - HEADER_AT, HEADER_AT);
  const padded = Buffer.concat([metadata, Buffer.alloc(-metadata.length & 7)]);
  const mark = Buffer.alloc(8);
  mark.writeInt32LE(-1, 0);
  mark.writeInt32LE(padded.length, 4);
  return {
    ...messageHead(padded),
    bytes: Buffer.concat([mark, padded]),
    body: Buffer.alloc(0),
  };
}
