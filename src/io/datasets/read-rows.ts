import { withoutBareNaN } from '../bare-nan.ts';
import type { ByteSource } from '../byte-chunks.ts';
import { type FileLayer, nodeFiles } from '../file-layer.ts';
import type { ArrayRow } from '../json-array/index.ts';
import { readLines } from '../line-reader.ts';
import type { Line } from '../line-splitter.ts';
import type { TypedColumn, TypedTable } from '../typed-table.ts';
import { type DatasetForm, datasetForm } from './dataset-form.ts';
import { LineBatch } from './line-batch.ts';
import { openInput } from './open-bytes.ts';
import { openTable } from './open-table.ts';
import type { DatasetColumn, WriteCells, WrittenRow } from './written-row.ts';

/** Writes a line of JSON in another way, or says why it cannot be, as the end of a sentence. */
export type RewriteLine = (
  line: string,
) => { readonly text: string } | { readonly problem: string };

/** How rows are read. */
export interface ReadRowsOptions {
  /** How messages call the file; its extension tells the form. */
  readonly name: string;
  /** Tells the names of the columns of such a file, where nothing else tells the form. */
  readonly isHeader: (cells: readonly string[]) => boolean;
  /** Says how cells of these columns become an object. */
  readonly cellsOf: (columns: readonly DatasetColumn[]) => WriteCells;
  /** True: an empty cell of CSV or TSV is an empty text. Default false: it is none. */
  readonly keepsEmptyCells?: boolean | undefined;
  /** Says how a line of a `.txt` file becomes an object. Default: such a file is read as one without an extension. */
  readonly textOf?: (line: string) => string;
  /**
   * Looks at the first line of JSON lines that is not blank; gives what writes each of them in another way, or undefined
   * where they are rows already. Default: they are.
   */
  readonly rewriterOf?: (firstLine: string) => RewriteLine | undefined;
  /** Receives all rows as JSON lines; the next come after its promise is settled, and the bytes are valid only until then. */
  readonly tee?: ((bytes: Buffer) => void | Promise<void>) | undefined;
  /** Told of which form the rows are, before the first one. */
  readonly onForm?: ((form: DatasetForm) => void) | undefined;
  /** Told of the columns of a Parquet or Arrow file, before the first row. */
  readonly onColumns?: ((columns: readonly TypedColumn[]) => void) | undefined;
  /** Default: the machine's. */
  readonly files?: FileLayer;
}

/**
 * Reads rows of any form, from a file (by path) or a stream, gzipped or not, as batches of JSON lines: JSON lines are
 * handed on as they are, byte for byte, but for a bare `NaN`, which is null; a JSON list, CSV, TSV, Parquet, Arrow and
 * lines of text are written as such. Memory is bounded by a few pieces of the file and the longest row; of Arrow, by the
 * largest batch.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`; `bad_input` for what is no table.
 */
export async function* readRows(
  source: ByteSource,
  options: ReadRowsOptions,
): AsyncGenerator<Line[], void> {
  const { name, isHeader, textOf, tee, files = nodeFiles } = options;
  const input = await openInput(source, name, files);
  const { parquet, isArrow, head, chunks, markedChunks } = input;
  const form =
    parquet === null ? (isArrow ? 'arrow' : await datasetForm(name, head, isHeader)) : 'parquet';
  options.onForm?.(form);
  if (form === 'parquet' || form === 'arrow') {
    const table = await openTable(input, name, files);
    options.onColumns?.(table.columns);
    return yield* writtenBatches(typedRows(table, options), tee);
  }
  if (form === 'text' && textOf !== undefined) {
    const lines = rewrittenLines(markedChunks, (line) => ({ text: textOf(line) }));
    return yield* writtenBatches(lines, tee);
  }
  if (form === 'json') {
    const { jsonArrayRows } = await import('../json-array/index.ts');
    return yield* writtenBatches(rewrittenRows(jsonArrayRows(chunks, name), options), tee);
  }
  if (form !== 'jsonl' && form !== 'text') {
    const [{ readDelimitedRows }, { tableRows }] = await Promise.all([
      import('../delimited/index.ts'),
      import('./table-rows.ts'),
    ]);
    const delimiter = form === 'tsv' ? '\t' : undefined;
    const rows = readDelimitedRows(chunks, { name, isHeader, delimiter });
    return yield* writtenBatches(tableRows(rows, options), tee);
  }
  const first = /\S.*/.exec(head.toString('utf8'))?.[0] ?? '';
  const rewrite = options.rewriterOf?.(first);
  const lines = withoutBareNaN(markedChunks);
  if (rewrite) yield* writtenBatches(rewrittenLines(lines, rewrite), tee);
  else yield* readLines(lines, { ...(tee && { tee }) });
}

async function* writtenBatches(
  batches: AsyncIterable<readonly WrittenRow[]>,
  tee: ReadRowsOptions['tee'],
): AsyncGenerator<Line[], void> {
  const batch = new LineBatch();
  for await (const rows of batches) {
    for (const { number, text, problem } of rows) {
      if (problem === null) batch.add(number, text);
      else batch.addProblem(number, problem);
    }
    const { lines, bytes } = batch.take();
    await tee?.(bytes);
    if (lines.length > 0) yield lines;
  }
}

async function* typedRows(
  { columns, batches }: TypedTable,
  { cellsOf }: ReadRowsOptions,
): AsyncGenerator<readonly WrittenRow[], void> {
  const write = cellsOf(columns.map((column) => ({ name: column.name, isJson: !column.isText })));
  for await (const rows of batches) {
    yield rows.map(({ number, cells, problem }) => {
      return { number, text: problem === null ? write(cells) : '', problem };
    });
  }
}

/** Values of a list are rows, or what is written in another way, as lines are. */
async function* rewrittenRows(
  batches: AsyncIterable<readonly ArrayRow[]>,
  { rewriterOf }: ReadRowsOptions,
): AsyncGenerator<readonly WrittenRow[], void> {
  let rewrite: RewriteLine | undefined;
  let isFirst = true;
  for await (const rows of batches) {
    if (isFirst) rewrite = rewriterOf?.(rows[0]!.text);
    isFirst = false;
    yield rewrite === undefined
      ? rows
      : rows.map((row) => ({ ...row, ...(row.problem === null && rewrite!(row.text)) }));
  }
}

async function* rewrittenLines(
  chunks: AsyncIterable<Buffer>,
  rewrite: RewriteLine,
): AsyncGenerator<readonly WrittenRow[], void> {
  for await (const lines of readLines(chunks)) {
    yield lines.flatMap(({ number, text, problem }) => {
      if (problem !== null) return [{ number, text: '', problem }];
      if (text.trim() === '') return [];
      const written = rewrite(text);
      return [{ number, text: '', problem: null, ...written }];
    });
  }
}
