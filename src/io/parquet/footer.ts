import type { ParquetFile } from './parquet-file.ts';
import { damaged, ParquetProblem } from './parquet-problem.ts';
import { readSchemaElement, type SchemaElement } from './schema-element.ts';
import { ThriftReader } from './thrift-reader.ts';

/** What a file says of itself, but for its groups of rows, which are read when their turn comes. */
export interface Footer {
  readonly bytes: Buffer;
  readonly schema: readonly SchemaElement[];
  /** Where in `bytes` each group of rows is told of. */
  readonly groups: readonly number[];
  /** Where the footer begins in the file. */
  readonly at: number;
}

const MAGIC = 'PAR1';
const ENCRYPTED = 'PARE';
/** Behind the footer: its length in four bytes, and four letters. */
const END_BYTES = 8;
const MOST_BYTES = 128 * 1024 * 1024;
const MOST_ELEMENTS = 100_000;

/** Reads the footer of a file. @throws ParquetProblem */
export function readFooter(file: ParquetFile): Footer {
  if (file.size < MAGIC.length + END_BYTES) throw damaged('it is too short');
  const end = file.read(file.size - END_BYTES, END_BYTES);
  const letters = end.toString('latin1', 4);
  if (letters === ENCRYPTED) throw new ParquetProblem('is encrypted');
  if (letters !== MAGIC) throw damaged('it does not end as a Parquet file does; it may be cut off');
  const length = end.readUInt32LE(0);
  const at = file.size - END_BYTES - length;
  if (at < MAGIC.length) throw damaged('its footer is longer than the file');
  if (length > MOST_BYTES) throw new ParquetProblem('has a footer of more than 128 MB');
  return { ...readMetadata(file.read(at, length)), at };
}

function readMetadata(bytes: Buffer): Omit<Footer, 'at'> {
  const reader = new ThriftReader(bytes);
  const schema: SchemaElement[] = [];
  const groups: number[] = [];
  reader.struct((field, type) => {
    if (field === 2) {
      reader.structs(type, () => {
        schema.push(readSchemaElement(reader));
        if (schema.length > MOST_ELEMENTS) throw new ParquetProblem('has too many columns');
      });
    } else if (field === 4) {
      reader.structs(type, () => {
        groups.push(reader.at);
        reader.skipStruct();
      });
    } else return false;
    return true;
  });
  return { bytes, schema, groups };
}
