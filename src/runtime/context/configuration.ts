import { join } from 'node:path';
import type { ProviderDescription } from '../../providers/index.ts';
import {
  type ConsortiumSource,
  consortiumFolder,
  NO_CONSORTIUMS,
  SavedConsortiums,
  savedNames,
} from '../consortiums/saved-consortiums.ts';
import { type Environment, variable } from '../environment/environment.ts';
import { type Home, homeFile, locateHome } from '../environment/home.ts';
import type { Notice } from '../environment/notice.ts';
import { fileLayer } from '../environment/variable-layers.ts';
import { readKeysFile } from '../keys/keys-file.ts';
import { collectSecrets } from '../keys/secrets.ts';
import type { ModelContext } from '../models/model-context.ts';
import { mergeSettings } from '../settings/merge-settings.ts';
import { misnamedFiles } from '../settings/misnamed-files.ts';
import { misspeltVariables } from '../settings/misspelt-variables.ts';
import { readSwitch } from '../settings/run-options.ts';
import type { Settings } from '../settings/settings.ts';
import { readSettingsFile } from '../settings/settings-file.ts';
import type { AgreeToProject, Project, ProjectOptions } from '../trust/project.ts';
import { readProjectFiles } from '../trust/project-files.ts';

const NO_PROJECT: Project = { settings: null, variables: new Map(), notices: [] };

/** Where a command's settings come from. */
export interface ConfigurationOptions {
  readonly environment: Environment;
  /** The working folder; its parents are not searched. */
  readonly folder: string;
  readonly providers: readonly ProviderDescription[];
  /** Names after `sim/`; default none. */
  readonly simulated?: readonly string[];
  /** False leaves the project's files unread, for commands such as `keys` and `trust`; default true. */
  readonly withProject?: boolean;
  /** The references that may be looked up, or `any`: what that takes is loaded only where one may be a saved consortium's. */
  readonly references?: readonly string[] | 'any';
  /** True for `--trust`; TUTTI_TRUST=1 says the same. Default false. */
  readonly trust?: boolean;
  /** Asks on a terminal whether the project's files may take effect; left out where nobody can be asked. */
  readonly agree?: AgreeToProject | undefined;
}

/** Everything a command knows before it asks a model. */
export interface Configuration extends ModelContext {
  readonly home: Home;
  readonly settings: Settings;
  readonly consortiums: ConsortiumSource;
  /** What the user should know. */
  readonly notices: readonly Notice[];
  /** Every secret the process knows, for `EndpointSettings.secrets`: never print one. */
  readonly secrets: readonly string[];
}

/**
 * Reads all layers of settings, keys and addresses. An absent or read-only home gives nothing and stops
 * nothing.
 *
 * @throws TuttiError `bad_settings`, `untrusted_settings`, `file_unreadable`.
 */
export async function loadConfiguration(options: ConfigurationOptions): Promise<Configuration> {
  const { environment, folder, providers, simulated = [] } = options;
  const home = locateHome(environment);
  const homePath = homeFile(home, 'config.yaml');
  const projectPath = options.withProject === false ? null : join(folder, 'tutti.yaml');
  const [homeSettings, keysFile, misnamed] = await Promise.all([
    readSettingsFile(homePath),
    readKeysFile(home, environment.platform),
    misnamedFiles([homePath, projectPath]),
  ]);
  const homeEndpoints = Object.values(homeSettings?.document.endpoints ?? {});
  const project =
    options.withProject === false
      ? NO_PROJECT
      : await projectOf(folder, {
          home,
          providers,
          keyVariables: homeEndpoints.flatMap((entry) => entry.keyVariable ?? []),
          trusted:
            options.trust === true ||
            readSwitch(variable(environment, 'TUTTI_TRUST') ?? '') === true,
          agree: options.agree,
        });
  const settings = mergeSettings({
    environment,
    project: project.settings,
    home: homeSettings,
  });
  const layers = {
    environment,
    project: project.variables,
    keys: fileLayer(keysFile.entries, 'keys', keysFile.path ?? 'keys'),
  };
  return {
    home,
    settings,
    providers,
    layers,
    simulated,
    consortiums: await openSaved(consortiumFolder(home), settings, options.references ?? 'any'),
    notices: [
      ...misspeltVariables(environment),
      ...misnamed,
      ...keysFile.notices,
      ...project.notices,
    ],
    secrets: collectSecrets(layers, { providers, endpoints: settings.endpoints }),
  };
}

/** What it takes to agree to files is loaded only where there are some. */
async function projectOf(folder: string, options: ProjectOptions): Promise<Project> {
  const files = await readProjectFiles(folder);
  if (files.settings === null && files.env === null) return NO_PROJECT;
  const { loadProject } = await import('../trust/project.ts');
  return loadProject(folder, files, options);
}

/** Reading one takes two libraries: they are loaded only where a consortium is saved that may be named. */
async function openSaved(
  folder: string | null,
  { models, aliases }: Settings,
  references: readonly string[] | 'any',
): Promise<ConsortiumSource> {
  const saved = new Set(savedNames(folder));
  const named = [...(references === 'any' ? [] : references), ...models.value];
  const mayBe = [...named, ...[...aliases.values()].map(({ value }) => value)];
  const isNamed = references === 'any' || mayBe.some((name) => saved.has(name.trim()));
  if (folder === null || saved.size === 0) return NO_CONSORTIUMS;
  if (!isNamed) return { ...NO_CONSORTIUMS, names: () => [...saved] };
  const { readConsortium } = await import('../consortiums/checked-consortium.ts');
  return new SavedConsortiums(folder, readConsortium);
}
