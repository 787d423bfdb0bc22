import { basename } from 'node:path';
import { withinBytes } from '../core/within-bytes.ts';

const DATA_SUFFIX = /\.(jsonl|ndjson|json|csv|tsv|parquet|arrow|arrows|feather)$/i;

/** Names that Windows gives to devices, whatever follows a dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Most file systems allow 255; a number and the names of files come behind it. */
const MAX_BYTES = 120;

/**
 * Makes the name of an experiment's folder from the name of its file: letters, marks and digits of any script, dots,
 * dashes and underscores, 1 to 120 bytes of them, no dot in front. `-` is `stdin`.
 */
export function experimentName(inputPath: string): string {
  if (inputPath === '-') return 'stdin';
  const name = basename(inputPath.replaceAll('\\', '/'))
    .normalize('NFC')
    .replace(DATA_SUFFIX, '')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '');
  const short = withinBytes(name, MAX_BYTES).replace(/[.-]+$/, '');
  if (short === '') return 'experiment';
  return DEVICE.test(short) ? `experiment-${short}` : short;
}
