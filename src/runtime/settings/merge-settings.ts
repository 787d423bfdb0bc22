import type { Environment } from '../environment/environment.ts';
import { variable } from '../environment/environment.ts';
import { readRunOption } from './option-value.ts';
import type { SettingsFile } from './parse-settings.ts';
import { environmentName, RUN_OPTION_NAMES, RUN_OPTIONS, type RunValues } from './run-options.ts';
import type { Setting, Settings } from './settings.ts';
import { badSettings, type SettingsProblem } from './settings-problem.ts';

/** What the layers say. */
export interface SettingsLayers {
  /** Values of flags: counts, milliseconds for durations; those not given are left out. */
  readonly flags?: { readonly [Name in keyof RunValues]?: RunValues[Name] | undefined };
  readonly environment: Environment;
  readonly project: SettingsFile | null;
  readonly home: SettingsFile | null;
}

/**
 * Merges the layers: flag > environment > project > home > default. An alias or endpoint of the project
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
  name: keyof RunValues,
  { flags, environment, project, home }: SettingsLayers,
  problems: SettingsProblem[],
): Setting<number | string | null> {
  const flag = flags?.[name];
  if (flag !== undefined) return { value: flag, layer: 'flag', where: `--${name}` };
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
    const written = file?.document.run?.[name];
    if (!file || written === undefined) continue;
    const read = readRunOption(name, written);
    // The schema has refused a value that cannot be read.
    if ('value' in read) return { value: read.value, layer, where: file.place(['run', name]) };
  }
  return { value: RUN_OPTIONS[name].standard, layer: 'default', where: 'default' };
}

function modelsSetting({ environment, project, home }: SettingsLayers): Settings['models'] {
  const where = environmentName('models');
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
