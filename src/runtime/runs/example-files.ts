import { basename, dirname, join } from 'node:path';
import { fileError, nodeFiles, syncFolder, systemCode } from '../../io/index.ts';

/** Which files an export for fine-tuning may write. */
export interface ExampleFiles {
  /** Absolute path that the files' paths begin with. */
  readonly prefix: string;
  /** Whether there is a file for validation, too. */
  readonly hasValidation: boolean;
}

/** Says what a file of an export is called: of a side, and of its part, from 1, where there are several. */
export function exampleFile(
  prefix: string,
  side: 'training' | 'validation',
  part: number | null,
): string {
  const number = part === null ? '' : `.${String(part).padStart(6, '0')}`;
  return `${prefix}${side === 'validation' ? '.validation' : ''}${number}.jsonl`;
}

/** Finds what has a name that such an export may write: its whole files, and all parts. Absolute paths, sorted. */
export async function exampleFilesThere({
  prefix,
  hasValidation,
}: ExampleFiles): Promise<readonly string[]> {
  const folder = dirname(prefix);
  const start = basename(prefix);
  const names = await nodeFiles.list(folder).catch(async (cause) => {
    // Told of by who writes into it.
    if (systemCode(cause) === 'ENOENT') return [];
    throw await fileError(cause, folder, 'read');
  });
  const rest = hasValidation ? ENDS_OF_BOTH : ENDS_OF_TRAINING;
  return names
    .filter((name) => name.startsWith(start) && rest.test(name.slice(start.length)))
    .sort()
    .map((name) => join(folder, name));
}

// Nobody makes a million parts: what has more digits, such as a date, is something else.
const ENDS_OF_TRAINING = /^(?:\.\d{6})?\.jsonl$/;
const ENDS_OF_BOTH = /^(?:\.validation)?(?:\.\d{6})?\.jsonl$/;

/** Of such files those that one export has made: whole ones, and parts from the first on without a gap. A date is no part. */
export function filesOfExport(
  there: readonly string[],
  { prefix, hasValidation }: ExampleFiles,
): readonly string[] {
  const all = new Set(there);
  const made = new Set<string>();
  for (const side of hasValidation
    ? (['training', 'validation'] as const)
    : ['training' as const]) {
    made.add(exampleFile(prefix, side, null));
    for (let part = 1; all.has(exampleFile(prefix, side, part)); part++) {
      made.add(exampleFile(prefix, side, part));
    }
  }
  return there.filter((path) => made.has(path));
}

/** Deletes files; one that is gone already is no mistake. @throws TuttiError where one cannot be */
export async function deleteFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    try {
      await nodeFiles.unlink(path);
    } catch (cause) {
      if (systemCode(cause) !== 'ENOENT') throw await fileError(cause, path, 'write');
    }
  }
  for (const folder of new Set(paths.map((path) => dirname(path)))) await syncFolder(folder);
}
