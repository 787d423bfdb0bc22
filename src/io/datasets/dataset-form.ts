import { delimiterOf } from '../delimited/index.ts';

/** How rows lie in a file. */
export type DatasetForm = 'jsonl' | 'csv' | 'tsv';

const EXTENSIONS: Readonly<Record<string, DatasetForm>> = {
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'jsonl',
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
};

/**
 * Tells the form of a file by its extension (`.gz` behind it is passed over), else by its first bytes: what has a first line
 * of cells that is a header, else JSON lines.
 */
export function datasetForm(
  name: string,
  head: Buffer,
  isHeader: (cells: readonly string[]) => boolean,
): DatasetForm {
  const extension = /\.([a-z]+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (Object.hasOwn(EXTENSIONS, extension)) return EXTENSIONS[extension]!;
  const first = /^\uFEFF?(?:sep=.\r?\n)?([^\r\n]*)/.exec(head.toString('utf8'))?.[1] ?? '';
  if (first.trimStart().startsWith('{')) return 'jsonl';
  let found = false;
  delimiterOf(first, (cells) => {
    found ||= isHeader(cells);
    return found;
  });
  return found ? 'csv' : 'jsonl';
}
