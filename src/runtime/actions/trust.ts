import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { reviewFolder } from '../context/review-folder.ts';
import { filesToAgree, type ReviewedFile } from '../trust/trust.ts';
import { keepTrust } from '../trust/trust-store.ts';

/** What the settings of a folder would change. */
export interface FolderTrust {
  /** Files that would change something. */
  readonly files: readonly ReviewedFile[];
  /** Those of them that the user has not agreed to. */
  readonly open: readonly ReviewedFile[];
}

/**
 * Says what `tutti.yaml` and `.env` of a folder would change.
 *
 * @param folder absolute, or from the working folder
 * @throws TuttiError `file_missing` when there is no such folder; `file_unreadable`; `bad_settings` with every
 *   mistake.
 */
export async function reviewTrust(context: ActionContext, folder: string): Promise<FolderTrust> {
  const configuration = await readConfiguration(context, { withProject: false, references: [] });
  const path = resolve(context.workingFolder, folder);
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) {
    throw new TuttiError('file_missing', `There is no folder ${plainLine(folder, 1000)}.`);
  }
  const review = await reviewFolder(path, configuration);
  return { files: review.files, open: filesToAgree(review) };
}

/** Agrees to files that `reviewTrust` gave, until they change. */
export async function agreeToTrust(
  context: ActionContext,
  files: readonly ReviewedFile[],
): Promise<void> {
  const { home } = await readConfiguration(context, { withProject: false, references: [] });
  await keepTrust(
    home,
    files.map(({ file }) => file),
  );
}
