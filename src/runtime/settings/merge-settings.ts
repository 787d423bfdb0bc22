import type { Environment } from '../environment/environment.ts';
import { variable } from '../environment/environment.ts';
import type { SettingsFile } from './parse-settings.ts';
import {
  environmentName,
  RUN_OPTION_NAMES,
  RUN_OPTIONS,
  type RunOptionName,
  readRunOption,
} from './run-options.ts';
import type { Setting, Settings } from './settings.ts';
import { badSettings, type SettingsProblem } from './settings-problem.ts';

/** What the layers say. */
export interface SettingsLayers {
  readonly environment: Environment;
  readonly project: SettingsFile | null;
  readonly home: SettingsFile | null;
}

/**
 * Merges the layers: environment > project > home > default. An alias or endpoint of the project
 * replaces the home's of the same name as a whole.
 *
 * @throws TuttiError `bad_settings` with every TUTTI_ variable whose value is wrong; unknown TUTTI_
 * variables are ignored.
 */
export function mergeSettings(layers: SettingsLayers): Settings {
  const problems: SettingsProblem[] = [];
  const run = Object.fromEntries(
    RUN_OPTION_NAMES.map((name) => [name, runSetting(name, layers, problems)]),
  );
  if (problems.length > 0) throw badSettings(problems, 'Correct or unset these variables.');
  return {
    models: modelsSetting(layers),
    aliases: byName(layers, 'aliases'),
    endpoints: byName(layers, 'endpoints'),
    run: run as unknown as Settings['run'],
  };
}

function runSetting(
  name: RunOptionName,
  { environment, project, home }: SettingsLayers,
  problems: SettingsProblem[],
): Setting<number | string | boolean | null> {
  const where = environmentName(name);
  const text = variable(environment, where);
  if (text !== undefined) {
    const read = readRunOption(name, text);
    if ('value' in read) return { value: read.value, layer: 'environment', where };
    problems.push({ where, message: `${read.problem}.` });
  }
  for (const [layer, file] of [
    ['project', project],
    ['home', home],
  ] as const) {
    const { setting } = RUN_OPTIONS[name];
    const written = file?.document.run?.[setting];
    if (!file || written === undefined) continue;
    const read = readRunOption(name, written);
    // The schema has refused a value that cannot be read.
    if ('value' in read) return { value: read.value, layer, where: file.place(['run', setting]) };
  }
  return { value: RUN_OPTIONS[name].default, layer: 'default', where: 'default' };
}

function modelsSetting({ environment, project, home }: SettingsLayers): Settings['models'] {
  const where = 'TUTTI_MODELS';
  const names = (variable(environment, where) ?? '').split(',').map((name) => name.trim());
  const value = names.filter((name) => name !== '');
  if (value.length > 0) return { value, layer: 'environment', where };
  for (const [layer, file] of [
    ['project', project],
    ['home', home],
  ] as const) {
    const models = file?.document.models;
    if (file && models) return { value: models, layer, where: file.place(['models']) };
  }
  return { value: [], layer: 'default', where: 'default' };
}

function byName<Name extends 'aliases' | 'endpoints'>(
  { project, home }: SettingsLayers,
  section: Name,
): Settings[Name] {
  const merged = new Map<string, Setting<unknown>>();
  for (const [layer, file] of [
    ['home', home],
    ['project', project],
  ] as const) {
    for (const [name, value] of Object.entries(file?.document[section] ?? {})) {
      merged.set(name, { value, layer, where: (file as SettingsFile).place([section, name]) });
    }
  }
  return merged as unknown as Settings[Name];
}
