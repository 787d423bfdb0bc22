import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER =
  process.env.TUTTI_TEST_DATA ?? fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/**
 * Published data of other projects on which some tests lean, in `TUTTI_TEST_DATA` or beside the
 * repository. It is not part of the repository: use `describe.skipIf(!hasSharedData(…))`.
 */
export function sharedDataPath(name: string): string {
  return join(FOLDER, name);
}

/** Tells whether the files are there, and says on standard error what is skipped when they are not. */
export function hasSharedData(...names: readonly string[]): boolean {
  const missing = names.filter((name) => !existsSync(sharedDataPath(name)));
  if (missing.length > 0) {
    process.stderr.write(`skipped: no ${missing.join(', ')} in ${FOLDER} (set TUTTI_TEST_DATA)\n`);
  }
  return missing.length === 0;
}

/** Reads a file of the shared data as text. */
export function readSharedData(name: string): string {
  return readFileSync(sharedDataPath(name), 'utf8');
}
