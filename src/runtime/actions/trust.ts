import { resolve } from 'node:path';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { reviewFolder } from '../context/configuration.ts';
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
 * @throws TuttiError `file_unreadable`; `bad_settings` with every mistake.
 */
export async function reviewTrust(context: ActionContext, folder: string): Promise<FolderTrust> {
  const configuration = await readConfiguration(context, { withProject: false });
  const review = await reviewFolder(resolve(context.workingFolder, folder), configuration);
  return { files: review.files, open: filesToAgree(review) };
}

/** Agrees to files that `reviewTrust` gave, until they change. */
export async function agreeToTrust(
  context: ActionContext,
  files: readonly ReviewedFile[],
): Promise<void> {
  const { home } = await readConfiguration(context, { withProject: false });
  await keepTrust(
    home,
    files.map(({ file }) => file),
  );
}
