import { delimiterOf } from '../delimited/index.ts';

/** How rows lie in a file. */
export type DatasetForm = 'jsonl' | 'csv' | 'tsv' | 'text';

const EXTENSIONS: Readonly<Record<string, DatasetForm>> = {
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'jsonl',
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
};

/** What only the first line of JSON lines begins with. */
const JSON_START = /^\{\s*["}]/;

/**
 * Tells the form of a file by its extension (`.gz` behind it is passed over), else by its first bytes: what has a first line
 * of cells that is a header, else JSON lines; a `.txt` that is neither is lines of text.
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
  if (found) return 'csv';
  const start = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  return extension === 'txt' && !JSON_START.test(start) ? 'text' : 'jsonl';
}
