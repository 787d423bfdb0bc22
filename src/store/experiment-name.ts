import { basename } from 'node:path';

const DATA_SUFFIX = /\.(jsonl|ndjson|json|csv|tsv|parquet)$/i;

/** Names that Windows gives to devices, whatever follows a dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Makes the name of an experiment's folder from the name of its file: letters, digits, dots, dashes
 * and underscores, 1 to 100 of them, no dot in front. `-` is `stdin`.
 */
export function experimentName(inputPath: string): string {
  if (inputPath === '-') return 'stdin';
  const name = basename(inputPath.replaceAll('\\', '/'))
    .replace(DATA_SUFFIX, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 100)
    .replace(/[.-]+$/, '');
  if (name === '') return 'experiment';
  return DEVICE.test(name) ? `experiment-${name}`.slice(0, 100) : name;
}
