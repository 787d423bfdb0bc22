import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { TuttiError } from '../../core/tutti-error.ts';
import { openBytes } from '../../io/datasets/index.ts';
import type { Cells } from '../../io/delimited/index.ts';
import { DelimitedScanner, delimiterOf, feedWholeLines } from '../../io/delimited/index.ts';
import { type FileLayer, nodeFiles } from '../../io/index.ts';
import { columnName } from './delimited-columns.ts';
import { shownValue } from './invalid-values.ts';
import { itemName } from './item-name.ts';

/**
 * Reads new names of items from a file with the columns `from` and `to`. Each name is looked up once:
 * a new name is not renamed again.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`; `bad_input` for other columns, an empty name, or
 * two new names for one.
 */
export async function readRenames(
  source: string | { readonly name: string; readonly stream: Readable },
  files: FileLayer = nodeFiles,
): Promise<ReadonlyMap<string, string>> {
  const [name, from] = typeof source === 'string' ? [source, source] : [source.name, source.stream];
  const { chunks } = await openBytes(from, name, files);
  const renames = new Map<string, string>();
  let columns: { from: number; to: number } | null = null;
  const takeRow = (cells: Cells) => {
    const texts = textsOf(cells, name);
    if (columns === null) columns = columnsOf(texts, name);
    else addRename(renames, texts[columns.from], texts[columns.to], `${name}, line ${cells.line}`);
  };
  let scanner: DelimitedScanner | null = null;
  const take = (bytes: Buffer, length: number, final: boolean) => {
    const line = bytes.toString('latin1', 0, length).trimStart().split('\n', 1)[0]!;
    scanner ??= new DelimitedScanner(delimiterOf(line).charCodeAt(0), name, takeRow);
    return scanner.take(bytes, length, final);
  };
  await feedWholeLines(chunks, take, name, () => scanner?.line ?? 1);
  return renames;
}

function textsOf(cells: Cells, name: string): string[] {
  return Array.from({ length: cells.count }, (_, k) => {
    const bytes = cells.bytes.subarray(cells.start[k]!, cells.end[k]!);
    if (isUtf8(bytes)) return bytes.toString('utf8');
    throw new TuttiError('bad_input', `${name}, line ${cells.line}: is not UTF-8`);
  });
}

function columnsOf(header: readonly string[], name: string): { from: number; to: number } {
  const names = header.map(columnName);
  const found = { from: names.indexOf('from'), to: names.indexOf('to') };
  if (found.from >= 0 && found.to >= 0) return found;
  throw new TuttiError('bad_input', `${name}: the first line is ${shownValue(header.join(','))}`, {
    hint: 'Begin the file with the line from,to and give one name a line.',
  });
}

function addRename(
  renames: Map<string, string>,
  fromText: string | undefined,
  toText: string | undefined,
  place: string,
): void {
  const [from, to] = [itemName(fromText ?? ''), itemName(toText ?? '')];
  if (from === null || to === null) throw new TuttiError('bad_input', `${place}: a name is empty`);
  const before = renames.get(from);
  if (before !== undefined && before !== to) {
    const both = `${shownValue(before)} and ${shownValue(to)}`;
    throw new TuttiError('bad_input', `${place}: ${shownValue(from)} shall be both ${both}`);
  }
  renames.set(from, to);
}
