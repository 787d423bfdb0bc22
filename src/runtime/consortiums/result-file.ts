import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { writeFileAtomically } from '../../io/index.ts';
import type { ConsortiumResult } from '../../panel/index.ts';

/** The file of a result. */
export interface ResultFile {
  readonly path: string;
  /** True when one is there that is replaced. */
  readonly isThere: boolean;
}

/**
 * Finds where a result goes, before anything is sent. What stands behind a link is replaced, not the link.
 *
 * @returns what is wrong with it, as a sentence
 */
export async function resultFile(
  output: string,
  workingFolder: string,
): Promise<ResultFile | string> {
  const path = resolve(workingFolder, output);
  const shown = plainLine(output, 1000);
  const status = await stat(path).catch(() => null);
  if (output === '-' || (status !== null && !status.isFile())) {
    return `The output ${shown} is no file; --json prints the result.`;
  }
  const folder = await stat(dirname(path)).catch(() => null);
  if (!folder?.isDirectory()) return `The folder of the output ${shown} does not exist.`;
  const isLink = status !== null && (await lstat(path)).isSymbolicLink();
  return { path: isLink ? await realpath(path) : path, isThere: status !== null };
}

/** Writes a result as JSON; the file appears at once and complete. @throws TuttiError `file_unwritable`, `disk_full` */
export async function writeResult({ path }: ResultFile, result: ConsortiumResult): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(result, null, 2)}\n`);
}
