/** How rows lie in a file. */
export type DatasetForm = 'jsonl' | 'json' | 'csv' | 'tsv' | 'parquet' | 'arrow' | 'text';

const EXTENSIONS: Readonly<Record<string, DatasetForm>> = {
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  json: 'json',
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  parquet: 'parquet',
  parq: 'parquet',
  pq: 'parquet',
  arrow: 'arrow',
  arrows: 'arrow',
  feather: 'arrow',
  ipc: 'arrow',
};

/** What only the first line of JSON lines begins with. */
const JSON_START = /^\{\s*["}]/;
/** What only a list of objects begins with. */
const LIST_START = /^\[\s*(?:\{\s*["}]|\]\s*$)/;

/** The form that the extension of a file says; `.gz` behind it is passed over. Undefined where it says none. */
export function extensionForm(name: string): DatasetForm | undefined {
  const extension = /\.([a-z]+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
}

/**
 * Tells the form of a file of text by its extension, else by its first bytes: what has a first line of cells that is a
 * header, a JSON list of objects, else JSON lines; a `.txt` that is none of them is lines of text. A `.json` is one list
 * where it begins as one.
 */
export async function datasetForm(
  name: string,
  head: Buffer,
  isHeader: (cells: readonly string[]) => boolean,
): Promise<DatasetForm> {
  const said = extensionForm(name);
  const text = head.toString('utf8').replace(/^\uFEFF/, '');
  const start = text.trimStart();
  if (said === 'json') return start.startsWith('[') ? 'json' : 'jsonl';
  if (said !== undefined) return said;
  const first = /^(?:sep=.\r?\n)?([^\r\n]*)/.exec(text)?.[1] ?? '';
  if (first.trimStart().startsWith('{')) return 'jsonl';
  const { delimiterOf } = await import('../delimited/index.ts');
  let found = false;
  delimiterOf(first, (cells) => {
    found ||= isHeader(cells);
    return found;
  });
  if (LIST_START.test(start)) return 'json';
  if (found) return 'csv';
  return /\.txt(?:\.gz)?$/i.test(name) && !JSON_START.test(start) ? 'text' : 'jsonl';
}
