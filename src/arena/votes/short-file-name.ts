import { basename } from 'node:path';

/** The name of a file without folders and endings: `votes/crowd.csv.gz` is `crowd`. */
export function shortFileName(path: string): string {
  return basename(path).replace(/(\.(csv|tsv|txt|json|jsonl|ndjson|log))?(\.gz)?$/i, '') || path;
}
