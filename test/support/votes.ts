import { Readable } from 'node:stream';
import {
  type ComparisonFiles,
  type ReadComparisonsOptions,
  readComparisons,
} from '../../src/arena/votes/index.ts';
import { type ComparisonTable, verdictName } from '../../src/ranking/table/comparison-table.ts';

/** Reads a text or bytes as a file, cut into pieces of `size` bytes. */
export function readVotes(
  content: string | Buffer,
  options: ReadComparisonsOptions = {},
  size = 7,
): Promise<ComparisonFiles> {
  const bytes = Buffer.from(content);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, k) =>
    bytes.subarray(k * size, (k + 1) * size),
  );
  return readComparisons([{ name: 'votes', stream: Readable.from(pieces) }], options);
}

export function rowsOf(table: ComparisonTable): string[] {
  return Array.from({ length: table.rows }, (_, row) => {
    const [left, right] = [table.items[table.left[row]!], table.items[table.right[row]!]];
    return `${left} ${verdictName(table.verdict[row]!)} ${right}`;
  });
}

export const groupNames = (table: ComparisonTable, column: string) =>
  Array.from({ length: table.rows }, (_, row) => {
    const { ids, names } = table.groups[column]!;
    return names![ids[row]!];
  });

export const PLAIN = 'left,right,winner\na,b,left\nb,c,tie\nc,a,Right\n';
export const PLAIN_ROWS = ['a left b', 'b tie c', 'c right a'];
