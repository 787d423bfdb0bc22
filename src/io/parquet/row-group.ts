import { codecName, isKnownCodec } from './codecs.ts';
import type { Footer } from './footer.ts';
import { damaged, ParquetProblem, REWRITE_LINE } from './parquet-problem.ts';
import { type Leaf, quoted } from './schema-tree.ts';
import { ThriftReader } from './thrift-reader.ts';

/** The bytes of a column in a group of rows. */
export interface ColumnChunk {
  readonly leaf: Leaf;
  readonly codec: number;
  /** Values, those that are null included. */
  readonly values: number;
  /** Place in the file, and bytes. */
  readonly at: number;
  readonly length: number;
}

/** Some rows of a file, and where their columns lie. */
export interface RowGroup {
  readonly rows: number;
  readonly chunks: readonly ColumnChunk[];
}

const MOST_NAMED = 10;
const MOST_BYTES = 512 * 1024 * 1024;

/** Reads what the footer says of a group. @param number of the group, from 0. @throws ParquetProblem */
export function readRowGroup(footer: Footer, leaves: readonly Leaf[], number: number): RowGroup {
  const reader = new ThriftReader(footer.bytes, footer.groups[number]);
  const chunks: ColumnChunk[] = [];
  let rows = 0;
  let told = 0;
  let added = 0;
  reader.struct((field, type) => {
    if (field === 1) {
      reader.structs(type, () => {
        const leaf = leaves[chunks.length];
        if (leaf === undefined) throw damaged('a group of rows has too many columns');
        const { unpackedBytes, ...chunk } = readChunk(reader, leaf);
        added += unpackedBytes;
        chunks.push(chunk);
      });
    } else if (field === 2) told = reader.integer(type);
    else if (field === 3) rows = reader.integer(type);
    else return false;
    return true;
  });
  if (chunks.length !== leaves.length) throw damaged('a group of rows lacks columns');
  if (rows < 0) throw damaged('a group of rows has less than none');
  refuseLarge(Math.max(told, added), number);
  for (const { at, length, values } of chunks) {
    // What has no values has no place.
    if (values === 0) continue;
    if (at < 4 || length < 0 || values < 0 || at + length > footer.at) {
      throw damaged('a column lies outside of the file');
    }
  }
  return { rows, chunks };
}

/** Says which columns are packed in ways that cannot be read, by way, each the end of a sentence. */
export function unknownCodecs({ chunks }: RowGroup): readonly string[] {
  const unknown = chunks.filter(({ codec }) => !isKnownCodec(codec));
  const byName = Map.groupBy(unknown, ({ codec }) => codecName(codec));
  return [...byName].map(([name, columns]) => {
    const paths = columns.slice(0, MOST_NAMED).map(({ leaf }) => quoted(leaf.path));
    const more = columns.length > MOST_NAMED ? `, … (${columns.length} in all)` : '';
    return `has columns that are packed with ${name}, which is not known here: ${paths.join(', ')}${more}`;
  });
}

function refuseLarge(bytes: number, number: number): void {
  if (bytes <= MOST_BYTES) return;
  const size = Math.ceil(bytes / 1024 / 1024);
  throw new ParquetProblem(
    `has a group of rows (number ${number + 1}) of ${size} MB, which is more than 512`,
    `Write it anew in small groups: ${REWRITE_LINE}`,
  );
}

function readChunk(
  reader: ThriftReader,
  leaf: Leaf,
): ColumnChunk & { readonly unpackedBytes: number } {
  const chunk = { codec: -1, values: 0, unpackedBytes: 0, length: 0 };
  let data = -1;
  let dictionary = 0;
  let isThere = false;
  reader.struct((field, type) => {
    if (field === 1) throw new ParquetProblem('keeps its columns in other files');
    if (field === 8 || field === 9) throw new ParquetProblem('is encrypted');
    if (field !== 3) return false;
    isThere = true;
    reader.struct((inner, kind) => {
      if (inner === 4) chunk.codec = reader.integer(kind);
      else if (inner === 5) chunk.values = reader.integer(kind);
      else if (inner === 6) chunk.unpackedBytes = reader.integer(kind);
      else if (inner === 7) chunk.length = reader.integer(kind);
      else if (inner === 9) data = reader.integer(kind);
      else if (inner === 11) dictionary = reader.integer(kind);
      else return false;
      return true;
    }, type);
    return true;
  });
  if (!isThere) throw damaged('a column does not say where it is');
  // Older programs write 0 for a dictionary that is not there.
  const at = dictionary > 0 && dictionary < data ? dictionary : data;
  return { leaf, at, ...chunk };
}
