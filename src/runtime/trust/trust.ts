import { TuttiError } from '../../core/tutti-error.ts';
import type { ProviderDescription } from '../../providers/index.ts';
import { parseEnvFile } from '../environment/env-file.ts';
import { type ReplacedEnv, replaceReferences } from '../environment/env-references.ts';
import type { Home } from '../environment/home.ts';
import { type KnownVariables, knownVariables } from '../environment/variable-names.ts';
import type { ParsedSettings } from '../settings/parse-settings.ts';
import { parseSettingsBytes } from '../settings/settings-file.ts';
import { changesOfEnv, changesOfSettings } from './project-changes.ts';
import type { ProjectFile, ProjectFiles } from './project-files.ts';
import { readTrust, type TrustStore } from './trust-store.ts';

/** A file of the project that would change something, and whether the user has agreed to it. */
export interface ReviewedFile {
  readonly file: ProjectFile;
  /** What it would change, each with file and line; at least one. */
  readonly changes: readonly string[];
  /** `changed`: another content of it was agreed to. */
  readonly state: 'agreed' | 'changed' | 'new';
}

/** The project's files, read once. Nothing of them is in effect. */
export interface ProjectReview {
  readonly folder: string;
  /** Files that would change something; the others are passed over in silence. */
  readonly files: readonly ReviewedFile[];
  readonly settings: ParsedSettings | null;
  readonly env: ReplacedEnv | null;
  readonly known: KnownVariables;
}

/** What is needed to know what a project's files mean. */
export interface ReviewContext {
  readonly home: Home;
  readonly providers: readonly ProviderDescription[];
  /** Key variables that the home's `endpoints:` name. */
  readonly keyVariables: readonly string[];
}

/**
 * Says what the files of a project would change.
 *
 * @throws TuttiError `file_unreadable`.
 */
export async function reviewProject(
  folder: string,
  { settings: settingsFile, env: envFile }: ProjectFiles,
  { home, providers, keyVariables }: ReviewContext,
): Promise<ProjectReview> {
  const settings = settingsFile && (await parseSettingsBytes(settingsFile.bytes, 'tutti.yaml'));
  const env = envFile && replaceReferences(parseEnvFile(envFile.bytes.toString('utf8')));
  const entries = Object.values(settings?.file?.document.endpoints ?? {});
  const named = entries.flatMap((entry) => entry.keyVariable ?? []);
  const known = knownVariables(providers, [...keyVariables, ...named]);
  const store = settingsFile || envFile ? await readTrust(home) : new Map();
  const files: ReviewedFile[] = [];
  const add = (file: ProjectFile, changes: readonly string[]): void => {
    if (changes.length > 0) files.push({ file, changes, state: stateOf(file, store) });
  };
  if (settingsFile && settings) add(settingsFile, changesOfSettings(settings, folder));
  if (envFile && env) add(envFile, changesOfEnv(env, known));
  return { folder, files, settings, env, known };
}

/** The files of a review that the user has not agreed to. */
export function filesToAgree(review: ProjectReview): ReviewedFile[] {
  return review.files.filter(({ state }) => state !== 'agreed');
}

/** Makes the error that stops a command in a folder whose files nobody has agreed to. */
export function untrustedSettings(files: readonly ReviewedFile[]): TuttiError {
  const names = files.map(({ file }) => file.name).join(' and ');
  const changed = files.some(({ state }) => state === 'changed');
  const [have, them] = files.length > 1 ? ['have', 'them'] : ['has', 'it'];
  const why = changed
    ? `${have} changed since you agreed to ${them}`
    : `${have} not been agreed to`;
  const lines = files.flatMap(({ changes }) => changes);
  const more = lines.length > 20 ? [`and ${lines.length - 20} more`] : [];
  const list = [...lines.slice(0, 20), ...more].map((line) => `  ${line}`).join('\n');
  return new TuttiError('untrusted_settings', `${names} of this folder ${why}:\n${list}`, {
    hint: `Look at ${them}, then run: tutti trust   (for one command: --trust, or TUTTI_TRUST=1)`,
  });
}

function stateOf(file: ProjectFile, store: TrustStore): ReviewedFile['state'] {
  const agreed = store.get(file.path);
  if (agreed === undefined) return 'new';
  return agreed === file.sha256 ? 'agreed' : 'changed';
}
