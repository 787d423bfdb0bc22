import { TuttiError } from '../../core/tutti-error.ts';
import { fileError, systemCode } from '../file-error.ts';
import { type FileLayer, nodeFiles } from '../file-layer.ts';
import { TypedBatch, type TypedRow, type TypedTable } from '../typed-table.ts';
import { ChunkBytes } from './chunk-bytes.ts';
import { ColumnCursor } from './column-cursor.ts';
import { type Footer, readFooter } from './footer.ts';
import { ParquetFile } from './parquet-file.ts';
import { damaged, ParquetProblem, REWRITE_LINE } from './parquet-problem.ts';
import { RowCells } from './row-cells.ts';
import { type ColumnChunk, GroupRoom, readRowGroup, unknownCodecs } from './row-group.ts';
import { type SchemaTree, schemaTree } from './schema-tree.ts';
import { storedTypeOf } from './stored-type-of.ts';

/** A file by its path, or bytes that come once. */
export type ParquetSource = string | AsyncIterable<Buffer>;

const MOST_PROBLEMS = 20;
/** What is read ahead, of one column and of all. */
const MOST_WINDOW_BYTES = 128 * 1024;
const WINDOWS_BYTES = 32 * 1024 * 1024;

/**
 * Opens a Parquet file and reads its footer. Whole numbers are exact; decimals, dates and times are texts with their
 * digits; lists, structs and maps are JSON. Memory is a page of each column and its dictionary, not a group of rows.
 *
 * @param name how messages call it
 * @throws TuttiError `bad_input` for what is damaged, encrypted or too large, and with every column that cannot be read;
 *   `file_missing`, `file_unreadable`; `disk_full` where bytes that come once cannot be kept
 */
export async function openParquet(
  source: ParquetSource,
  name: string,
  files: FileLayer = nodeFiles,
): Promise<TypedTable> {
  const file = await (typeof source === 'string'
    ? ParquetFile.open(source, files)
    : ParquetFile.keep(source, files));
  try {
    const footer = readFooter(file);
    const tree = schemaTree(footer.schema);
    refuseUnreadable(footer, tree);
    const columns = tree.columns.map((node) => ({
      name: node.name,
      isText: node.kind === 'leaf' && node.first.text.isText,
      type: storedTypeOf(node),
    }));
    return { columns, batches: closing(batches(file, footer, tree), file, name) };
  } catch (error) {
    await file.close();
    throw await told(error, name);
  }
}

/** @throws ParquetProblem with all that cannot be read, also what only a later group of rows has */
function refuseUnreadable(footer: Footer, { leaves, problems }: SchemaTree): void {
  const all = new Set(problems);
  const isOnlyPacked = problems.length === 0;
  footer.groups.forEach((_, at) => {
    for (const problem of unknownCodecs(readRowGroup(footer, leaves, at))) all.add(problem);
  });
  if (all.size === 0) return;
  const hint = isOnlyPacked
    ? `Write it anew, packed with SNAPPY: ${REWRITE_LINE}`
    : 'Leave binary columns out, write others as text or numbers, each name once, packed with SNAPPY, GZIP, BROTLI or ZSTD.';
  throw new ParquetProblem([...all].slice(0, MOST_PROBLEMS).join('; it '), hint);
}

async function* closing(
  rows: Generator<readonly TypedRow[]>,
  file: ParquetFile,
  name: string,
): AsyncGenerator<readonly TypedRow[], void> {
  try {
    for (const batch of rows) {
      yield batch;
      // Nothing here waits for anything, so that timers and signals would wait for the end of the file.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } catch (error) {
    throw await told(error, name);
  } finally {
    await file.close();
  }
}

function* batches(
  file: ParquetFile,
  footer: Footer,
  tree: SchemaTree,
): Generator<readonly TypedRow[]> {
  const batch = new TypedBatch();
  let number = 0;
  for (let at = 0; at < footer.groups.length; at++) {
    const { rows, chunks } = readRowGroup(footer, tree.leaves, at);
    if (rows === 0 || chunks.length === 0) continue;
    const cells = new RowCells(tree.columns, chunks.map(cursorOf(file, new GroupRoom(at))));
    for (let row = 0; row < rows; row++) {
      const read = cells.next();
      batch.add({ number: ++number, cells: read, problem: cells.problem }, cells.length);
      if (batch.isFull) yield batch.take();
    }
    cells.end();
  }
  if (!batch.isEmpty) yield batch.take();
}

function cursorOf(file: ParquetFile, room: GroupRoom) {
  return (chunk: ColumnChunk, _: number, { length: columns }: readonly ColumnChunk[]) => {
    const window = Math.min(MOST_WINDOW_BYTES, Math.floor(WINDOWS_BYTES / columns));
    return new ColumnCursor(chunk, new ChunkBytes(file, chunk.at, chunk.length, window), room);
  };
}

/** Bytes that end too soon, wherever it is noticed, are damage. */
async function told(error: unknown, name: string): Promise<unknown> {
  const problem = error instanceof RangeError ? damaged('its bytes end too soon') : error;
  if (systemCode(error)?.startsWith('E') && !(error instanceof RangeError)) {
    return fileError(error, name, 'read');
  }
  if (!(problem instanceof ParquetProblem)) return error;
  return new TuttiError('bad_input', `${name} ${problem.message}`, {
    hint: problem.hint,
    cause: error,
  });
}
