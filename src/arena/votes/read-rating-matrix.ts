import type { Readable } from 'node:stream';
import { TuttiError } from '../../core/tutti-error.ts';
import { openBytes } from '../../io/datasets/index.ts';
import { DelimitedScanner, delimiterOf, feedWholeLines } from '../../io/delimited/index.ts';
import { type FileLayer, nodeFiles } from '../../io/index.ts';
import { shownValue } from './invalid-values.ts';
import { isMissingWord } from './missing-words.ts';
import { numberIn } from './verdict-words.ts';

/** Most cells of a matrix, which is held in memory. */
const MAX_CELLS = 20_000_000;
/** What stands for a missing rating among numbers: Krippendorff's own tables, SPSS, SAS. */
const MARKS = new Set(['*', '.', '-', '?']);

/** A matrix of ratings as it was read. */
export interface RatingMatrix {
  /** Judges x units, null where a rating is missing; lines may differ in length. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** How often each word that is not a rating (`NA`, `nan`, `*`) stood in a cell. */
  readonly missing: Readonly<Record<string, number>>;
}

/**
 * Reads a matrix of ratings without a header: a line for each judge, a cell for each unit. Empty cells,
 * `NA`, `nan`, `null` and the like are missing ratings; among numbers `*`, `.`, `-` and `?` too.
 * Commas, semicolons, tabs or `|`; gzip too.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`; `bad_input` for an empty or too large matrix, for
 * text that is not UTF-8, and for numbers with a line or a column of names, which is no rating.
 */
export async function readRatingMatrix(
  source: string | { readonly name: string; readonly stream: Readable },
  files: FileLayer = nodeFiles,
): Promise<RatingMatrix> {
  const [name, from] = typeof source === 'string' ? [source, source] : [source.name, source.stream];
  const { chunks } = await openBytes(from, name, files);
  const rows: (string | null)[][] = [];
  const missing = new Map<string, number>();
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let cellCount = 0;
  let scanner: DelimitedScanner | null = null;
  const ratingOf = (bytes: Uint8Array, line: number) => {
    const text = decoded(decoder, bytes, name, line).trim();
    if (!isMissingWord(text)) return text;
    if (text !== '') missing.set(text, (missing.get(text) ?? 0) + 1);
    return null;
  };
  const scannerFor = (bytes: Buffer, length: number) => {
    const line = bytes.toString('latin1', 0, length).trimStart().split('\n', 1)[0]!;
    return new DelimitedScanner(delimiterOf(line).charCodeAt(0), name, (cells) => {
      cellCount += cells.count;
      if (cellCount > MAX_CELLS) throw tooLarge(name);
      rows.push(
        Array.from({ length: cells.count }, (_, k) =>
          ratingOf(cells.bytes.subarray(cells.start[k]!, cells.end[k]!), cells.line),
        ),
      );
    });
  };
  const take = (bytes: Buffer, length: number, final: boolean) => {
    scanner ??= scannerFor(bytes, length);
    return scanner.take(bytes, length, final);
  };
  await feedWholeLines(chunks, take, name, () => scanner?.line ?? 1);
  if (rows.length === 0) throw new TuttiError('bad_input', `${name} is empty`);
  return withoutMarks(rows, missing, name);
}

/** Takes marks among numbers for missing ratings, and refuses names among them. */
function withoutMarks(
  rows: (string | null)[][],
  missing: Map<string, number>,
  name: string,
): RatingMatrix {
  const isNumber = (cell: string | null) =>
    cell === null || MARKS.has(cell) || numberIn(cell) !== null;
  const numbers = rows.some((row) => row.some((cell) => cell !== null && numberIn(cell) !== null));
  const texts = rows.map((row) => row.filter((cell) => !isNumber(cell)));
  const total = rows.reduce((sum, row) => sum + row.length, 0);
  const words = texts.reduce((sum, row) => sum + row.length, 0);
  const inFirstLine = texts[0]!.length;
  const inFirstColumn = rows.filter((row) => !isNumber(row[0] ?? null)).length;
  const corner = isNumber(rows[0]![0] ?? null) ? 0 : 1;
  if (numbers && words > 0 && words === inFirstLine + inFirstColumn - corner) {
    refuseNames(rows, inFirstLine, inFirstColumn, name);
  }
  if (numbers && words === 0) markMissing(rows, missing);
  if (rows.every((row) => row.length <= 1 && /\S\s+\S/.test(row[0] ?? '')) && words === total) {
    throw new TuttiError('bad_input', `${name} has one cell a line, ${shownValue(rows[0]![0])}`, {
      hint: 'Put a comma, a semicolon or a tab between the ratings.',
    });
  }
  return { rows, missing: Object.fromEntries(missing) };
}

function refuseNames(
  rows: readonly (readonly (string | null)[])[],
  inFirstLine: number,
  inFirstColumn: number,
  name: string,
): void {
  // One word may be a slip; a whole line or column of them beside numbers is none.
  const header = rows.length > 1 && inFirstLine >= Math.max(1, rows[0]!.length - 1);
  const column = rows.length > 1 && inFirstColumn >= rows.length - 1 && rows[0]!.length > 1;
  if (!header && !column) return;
  const where = header ? 'line' : 'column';
  const shown = shownValue(header ? rows[0]!.join(', ') : rows.map((row) => row[0]).join(', '));
  throw new TuttiError(
    'bad_input',
    `${name}: the first ${where} holds words (${shown}) and the rest numbers; a matrix has ratings alone`,
    {
      hint: header
        ? 'Remove the first line (`tail -n +2`).'
        : 'Remove the first column (`cut -d, -f2-`).',
    },
  );
}

function markMissing(rows: (string | null)[][], missing: Map<string, number>): void {
  for (const row of rows) {
    for (const [k, cell] of row.entries()) {
      if (cell === null || !MARKS.has(cell)) continue;
      missing.set(cell, (missing.get(cell) ?? 0) + 1);
      row[k] = null;
    }
  }
}

function decoded(
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Uint8Array,
  name: string,
  line: number,
): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new TuttiError('bad_input', `${name}, line ${line}: is not UTF-8`, { cause });
  }
}

function tooLarge(name: string): TuttiError {
  return new TuttiError('bad_input', `${name} has more than ${MAX_CELLS} ratings`, {
    hint: 'Give comparisons with a judge column instead; they are read as a stream.',
  });
}
