import type { Readable } from 'node:stream';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { byteChunks } from '../byte-chunks.ts';
import { type DelimitedRow, openBytes, readDelimitedRows } from '../delimited/index.ts';
import { type FileLayer, nodeFiles } from '../file-layer.ts';
import { readLines } from '../line-reader.ts';
import type { Line } from '../line-splitter.ts';
import { withoutBareNaN } from './bare-nan.ts';
import { datasetForm } from './dataset-form.ts';
import { LineBatch } from './line-batch.ts';

/** Writes the cells of a row as the text of a JSON object. */
export type WriteCells = (cells: readonly string[]) => string;

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
  readonly cellsOf: (columns: readonly string[]) => WriteCells;
  /** Says how a line of a `.txt` file becomes an object. Default: such a file is read as one without an extension. */
  readonly textOf?: (line: string) => string;
  /**
   * Looks at the first line of JSON lines that is not blank; gives what writes each of them in another way, or undefined
   * where they are rows already. Default: they are.
   */
  readonly rewriterOf?: (firstLine: string) => RewriteLine | undefined;
  /** Receives all rows as JSON lines; the next come after its promise is settled, and the bytes are valid only until then. */
  readonly tee?: ((bytes: Buffer) => void | Promise<void>) | undefined;
  /** Default: the machine's. */
  readonly files?: FileLayer;
}

/**
 * Reads rows of any form, from a file (by path) or a stream, gzipped or not, as batches of JSON lines: JSON lines are
 * handed on as they are, byte for byte, but for a bare `NaN`, which is null; CSV, TSV and lines of text are written as
 * such. Memory is bounded by a few pieces of the file and the longest row.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`; `bad_input` for what is no table.
 */
export async function* readRows(
  source: string | Readable,
  options: ReadRowsOptions,
): AsyncGenerator<Line[], void> {
  const { name, isHeader, textOf, tee, files = nodeFiles } = options;
  const opened = await openBytes(byteChunks(source, files), name, files);
  const form = datasetForm(name, opened.head, isHeader);
  if (form === 'text' && textOf !== undefined) {
    yield* rewrittenLines(opened.markedChunks, (line) => ({ text: textOf(line) }), tee);
    return;
  }
  if (form === 'jsonl' || form === 'text') {
    const first = /\S.*/.exec(opened.head.toString('utf8'))?.[0] ?? '';
    const rewrite = options.rewriterOf?.(first);
    const chunks = withoutBareNaN(opened.markedChunks);
    if (rewrite) yield* rewrittenLines(chunks, rewrite, tee);
    else yield* readLines(chunks, { ...(tee && { tee }) });
    return;
  }
  const delimiter = form === 'tsv' ? '\t' : undefined;
  const batches = readDelimitedRows(opened.chunks, { name, isHeader, delimiter });
  const batch = new LineBatch();
  let write: WriteCells | undefined;
  for await (const rows of batches) {
    for (const row of rows) {
      if (write === undefined) write = options.cellsOf(columnsOf(row, name));
      else if (row.problem === null) batch.add(row.line, write(row.cells));
      else batch.addProblem(row.line, row.problem);
    }
    const { lines, bytes } = batch.take();
    await tee?.(bytes);
    if (lines.length > 0) yield lines;
  }
}

async function* rewrittenLines(
  chunks: AsyncIterable<Buffer>,
  rewrite: RewriteLine,
  tee: ReadRowsOptions['tee'],
): AsyncGenerator<Line[], void> {
  const batch = new LineBatch();
  for await (const lines of readLines(chunks)) {
    for (const { number, text, problem } of lines) {
      if (problem === null && text.trim() === '') continue;
      const written = problem === null ? rewrite(text) : { problem };
      if ('text' in written) batch.add(number, written.text);
      else batch.addProblem(number, written.problem);
    }
    const taken = batch.take();
    await tee?.(taken.bytes);
    if (taken.lines.length > 0) yield taken.lines;
  }
}

function columnsOf({ cells, line, problem }: DelimitedRow, name: string): readonly string[] {
  const refuse = (what: string) =>
    new TuttiError('bad_input', `${name}, line ${line}: ${what}`, {
      hint: 'The first line names the columns, each once.',
    });
  if (problem !== null) throw refuse(`the header ${problem}`);
  const twice = new Set(cells.filter((cell, at) => cells.indexOf(cell) !== at));
  if (twice.size === 0) return cells;
  const names = [...twice].map((one) => JSON.stringify(plainLine(one, 60)));
  throw refuse(`more than one column is called ${names.join(', ')}`);
}
