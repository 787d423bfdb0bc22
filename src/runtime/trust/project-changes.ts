import { resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import type { EnvFile } from '../environment/env-file.ts';
import { type KnownVariables, variableKind } from '../environment/variable-names.ts';
import { shownReference } from '../models/model-problem.ts';
import type { ParsedSettings } from '../settings/parse-settings.ts';
import { RUN_OPTIONS, type RunOption } from '../settings/run-options.ts';

/** Fields of an endpoint that the sentence on it says already. */
const SAID: ReadonlySet<string> = new Set(['provider', 'baseUrl', 'keyVariable']);

/** Says what a `.env` would change, one sentence each; no value but the host of an address. */
export function changesOfEnv(env: EnvFile, known: KnownVariables): string[] {
  return env.entries.flatMap(({ name, value, line }) => {
    const kind = variableKind(name, known);
    if (kind === undefined || value.trim() === '') return [];
    const place = `.env:${line}`;
    if (kind === 'key') return [`${place} sets the key ${name}`];
    const host = hostOf(value);
    return [`${place} sets ${name}${host === undefined ? '' : ` to ${host}`}`];
  });
}

/**
 * Says what a `tutti.yaml` would change, or what is wrong with it. Whatever it says is a change, be it that nothing is
 * asked; a path is shown whole, and where it leads to.
 *
 * @param folder the folder of the file, from which its paths start
 */
export function changesOfSettings({ file, problems }: ParsedSettings, folder: string): string[] {
  if (file === null) return problems.map(({ where, message }) => `${where}: ${message}`);
  const { models, aliases = {}, endpoints = {}, run = {} } = file.document;
  const changes: string[] = [];
  if (models !== undefined) {
    const some = models.slice(0, 20).map(shownReference).join(', ');
    const more = models.length > 20 ? ` and ${models.length - 20} more` : '';
    const what = models.length === 0 ? 'no models to ask' : `the models to ask: ${some}${more}`;
    changes.push(`${file.place(['models'])} chooses ${what}`);
  }
  for (const [name, reference] of Object.entries(aliases)) {
    changes.push(
      `${file.place(['aliases', name])} makes ${name} mean ${shownReference(reference)}`,
    );
  }
  for (const [name, entry] of Object.entries(endpoints)) {
    const place = file.place(['endpoints', name]);
    const key = entry.keyVariable === undefined ? '' : ` with the key ${entry.keyVariable}`;
    const address = entry.baseUrl === undefined ? 'its provider' : hostOf(entry.baseUrl);
    const others = Object.keys(entry).filter((field) => !SAID.has(field));
    const more = others.length === 0 ? '' : `, and sets its ${others.join(', ')}`;
    changes.push(`${place} sends calls of ${name} to ${address ?? 'an address'}${key}${more}`);
  }
  for (const [name, value] of Object.entries(run)) {
    const shown = plainLine(JSON.stringify(value), 300);
    changes.push(
      `${file.place(['run', name])} sets run.${name} to ${shown}${placeOf(name, value, folder)}`,
    );
  }
  if (changes.length > 0) return changes;
  return Object.keys(file.document).map((name) => `${file.place([name])} sets ${name}`);
}

/** Where something would be written that the project names. */
function placeOf(setting: string, value: unknown, folder: string): string {
  const option = Object.values<RunOption>(RUN_OPTIONS).find((one) => one.setting === setting);
  if (option?.kind !== 'path') return '';
  return `, that is ${plainLine(resolve(folder, String(value)), 1000)}`;
}

function hostOf(address: string): string | undefined {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`);
  return url?.host ? plainLine(url.host, 100) : undefined;
}
