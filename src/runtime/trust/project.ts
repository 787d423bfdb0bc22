import type { Notice } from '../environment/notice.ts';
import { type FoundVariable, fileLayer } from '../environment/variable-layers.ts';
import { isRefusedVariable, variableKind } from '../environment/variable-names.ts';
import type { SettingsFile } from '../settings/parse-settings.ts';
import { badSettings } from '../settings/settings-problem.ts';
import type { ProjectFiles } from './project-files.ts';
import {
  filesToAgree,
  type ProjectReview,
  type ReviewContext,
  type ReviewedFile,
  reviewProject,
  untrustedSettings,
} from './trust.ts';
import { keepTrust } from './trust-store.ts';

/** Lines of one kind that are told of a `.env`. */
const MOST_TOLD = 5;

/** Asks the user on a terminal whether these files may take effect. */
export type AgreeToProject = (files: readonly ReviewedFile[]) => Promise<boolean>;

/** How a project is loaded. */
export interface ProjectOptions extends ReviewContext {
  /** True agrees for this command alone and keeps nothing (`--trust`, TUTTI_TRUST=1). */
  readonly trusted: boolean;
  /** Left out where nobody can be asked. */
  readonly agree?: AgreeToProject | undefined;
}

/** What a project's files add once they are agreed to. */
export interface Project {
  readonly settings: SettingsFile | null;
  /** Keys and addresses of its `.env`. */
  readonly variables: ReadonlyMap<string, FoundVariable>;
  readonly notices: readonly Notice[];
}

/**
 * Loads a project of its `tutti.yaml` and `.env`. Nothing of them takes effect unless this very
 * content was agreed to: kept from before, given for this command, or asked for now.
 *
 * @throws TuttiError `untrusted_settings` naming file and line; `bad_settings`; `file_unreadable`.
 */
export async function loadProject(
  folder: string,
  files: ProjectFiles,
  options: ProjectOptions,
): Promise<Project> {
  const review = await reviewProject(folder, files, options);
  const notices: Notice[] = [];
  const open = options.trusted ? [] : filesToAgree(review);
  if (open.length > 0) {
    if (!(await options.agree?.(open))) throw untrustedSettings(open);
    await keepTrust(
      options.home,
      open.map(({ file }) => file),
    ).catch((error: Error) => notices.push({ kind: 'agreement_not_kept', reason: error.message }));
  }
  const { settings } = review;
  if (settings?.file === null) throw badSettings(settings.problems);
  return {
    settings: settings?.file ?? null,
    variables: variablesOf(review),
    notices: [...notices, ...envNotices(review)],
  };
}

function variablesOf({ env, known }: ProjectReview): ReadonlyMap<string, FoundVariable> {
  const read = (env?.entries ?? []).filter(({ name }) => variableKind(name, known) !== undefined);
  return fileLayer(read, 'project', '.env');
}

function envNotices({ env, files, known }: ProjectReview): Notice[] {
  // A .env in which tutti reads nothing is not its business.
  if (env === null || !files.some(({ file }) => file.name === '.env')) return [];
  const refused = env.entries.filter(({ name }) => isRefusedVariable(name));
  const notices = env.unreadableLines
    .slice(0, MOST_TOLD)
    .map((line): Notice => ({ kind: 'line_passed_over', file: '.env', line }));
  for (const one of env.openReferences.slice(0, MOST_TOLD)) {
    if (variableKind(one.variable, known) !== undefined) {
      notices.push({ kind: 'reference_open', ...one });
    }
  }
  if (refused.length > 0) {
    const variables = refused.map(({ name, line }) => ({ name, line }));
    notices.push({ kind: 'variables_ignored', variables });
  }
  return notices;
}
