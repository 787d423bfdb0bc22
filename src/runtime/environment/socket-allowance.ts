import { readFileSync } from 'node:fs';

/** A run's files, the standard streams, and what the runtime keeps open; more while it loads. */
const KEPT_FOR_FILES = 44;
/** Fewer make no progress worth the name. */
const FEWEST = 4;
/** More than this many at one server help nobody; a machine has 28,000 ports for one address. */
const MOST = 16_384;

/**
 * How many connections may be open at once: what the limit of open files leaves, 4 to 16,384. Calls beyond it wait for
 * one that is free.
 *
 * @param mostFiles the limit of open files; null: unknown
 */
export function socketAllowance(mostFiles: number | null): number {
  if (mostFiles === null) return MOST;
  return Math.min(MOST, Math.max(FEWEST, mostFiles - KEPT_FOR_FILES));
}

/** The most files that this process may have open; null where the system does not say it in a file. */
export function limitOfOpenFiles(path = '/proc/self/limits'): number | null {
  try {
    const [, limit] = /^Max open files\s+(\d+)\s/m.exec(readFileSync(path, 'utf8')) ?? [];
    return limit === undefined ? null : Number(limit);
  } catch {
    return null;
  }
}
