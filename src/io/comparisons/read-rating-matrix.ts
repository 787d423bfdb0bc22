import type { Readable } from 'node:stream';
import { TuttiError } from '../../core/tutti-error.ts';
import { type FileLayer, nodeFiles } from '../file-layer.ts';
import { DelimitedScanner } from './delimited-scanner.ts';
import { openBytes } from './open-bytes.ts';
import { feedWholeLines } from './whole-lines.ts';

/** Most cells of a matrix, which is held in memory. */
const MOST_CELLS = 20_000_000;

/**
 * Reads a matrix of ratings without a header: a line for each judge, a cell for each unit, empty cells
 * where a rating is missing. Commas or tabs; gzip too.
 *
 * @returns judges x units; lines may differ in length.
 * @throws TuttiError `file_missing`, `file_unreadable`; `bad_input` for an empty or too large matrix and
 * for text that is not UTF-8.
 */
export async function readRatingMatrix(
  source: string | { readonly name: string; readonly stream: Readable },
  files: FileLayer = nodeFiles,
): Promise<(string | null)[][]> {
  const [name, from] = typeof source === 'string' ? [source, source] : [source.name, source.stream];
  const { chunks } = await openBytes(from, name, files);
  const rows: (string | null)[][] = [];
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let cellCount = 0;
  let scanner: DelimitedScanner | null = null;
  const scannerFor = (bytes: Buffer, length: number) => {
    const line = bytes.toString('latin1', 0, length).split('\n', 1)[0]!;
    const delimiter = line.includes('\t') ? '\t' : ',';
    return new DelimitedScanner(delimiter.charCodeAt(0), name, (cells) => {
      cellCount += cells.count;
      if (cellCount > MOST_CELLS) throw tooLarge(name);
      rows.push(
        Array.from({ length: cells.count }, (_, k) => {
          const bytesOfCell = cells.bytes.subarray(cells.start[k]!, cells.end[k]!);
          return decoded(decoder, bytesOfCell, name, cells.line).trim() || null;
        }),
      );
    });
  };
  const take = (bytes: Buffer, length: number, final: boolean) => {
    scanner ??= scannerFor(bytes, length);
    return scanner.take(bytes, length, final);
  };
  await feedWholeLines(chunks, take, name, () => scanner?.line ?? 1);
  if (rows.length === 0) throw new TuttiError('bad_input', `${name} is empty`);
  return rows;
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
  return new TuttiError('bad_input', `${name} has more than ${MOST_CELLS} ratings`, {
    hint: 'Give comparisons with a judge column instead; they are read as a stream.',
  });
}
