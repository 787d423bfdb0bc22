import { keyVariablesOf } from '../keys/keys.ts';
import { badSettings } from '../settings/settings-problem.ts';
import { readProjectFiles } from '../trust/project-files.ts';
import { type ProjectReview, reviewProject } from '../trust/trust.ts';
import type { Configuration } from './configuration.ts';

/**
 * Says what the files of a folder would change, for `tutti trust`; `keepTrust` keeps the agreement.
 *
 * @param configuration one that was loaded without a project.
 * @throws TuttiError `file_unreadable`; `bad_settings` with every mistake, since nothing of such a file could take
 *   effect.
 */
export async function reviewFolder(
  folder: string,
  { home, providers, settings }: Configuration,
): Promise<ProjectReview> {
  const review = await reviewProject(folder, await readProjectFiles(folder), {
    home,
    providers,
    keyVariables: keyVariablesOf(settings.endpoints),
  });
  if (review.settings?.file === null) throw badSettings(review.settings.problems);
  return review;
}
