import { delimiterOf } from '../delimited/index.ts';

/** How rows lie in a file. */
export type DatasetForm = 'jsonl' | 'csv' | 'tsv' | 'parquet' | 'text';

const EXTENSIONS: Readonly<Record<string, DatasetForm>> = {
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'jsonl',
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  parquet: 'parquet',
  parq: 'parquet',
  pq: 'parquet',
};

/** What only the first line of JSON lines begins with. */
const JSON_START = /^\{\s*["}]/;

/** The form that the extension of a file says; `.gz` behind it is passed over. Undefined where it says none. */
export function extensionForm(name: string): DatasetForm | undefined {
  const extension = /\.([a-z]+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
}

/**
 * Tells the form of a file of text by its extension, else by its first bytes: what has a first line of cells that is a
 * header, else JSON lines; a `.txt` that is neither is lines of text.
 */
export function datasetForm(
  name: string,
  head: Buffer,
  isHeader: (cells: readonly string[]) => boolean,
): DatasetForm {
  const said = extensionForm(name);
  if (said !== undefined) return said;
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
  return /\.txt(?:\.gz)?$/i.test(name) && !JSON_START.test(start) ? 'text' : 'jsonl';
}
