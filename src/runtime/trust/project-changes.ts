import { plainLine } from '../../core/plain-text.ts';
import type { EnvFile } from '../environment/env-file.ts';
import { type KnownVariables, variableKind } from '../environment/variable-names.ts';
import { shownReference } from '../models/model-problem.ts';
import type { ParsedSettings } from '../settings/parse-settings.ts';

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

/** Says what a `tutti.yaml` would change, or what is wrong with it. */
export function changesOfSettings({ file, problems }: ParsedSettings): string[] {
  if (file === null) return problems.map(({ where, message }) => `${where}: ${message}`);
  const { models, aliases = {}, endpoints = {}, run = {} } = file.document;
  const changes: string[] = [];
  if (models?.length) {
    changes.push(
      `${file.place(['models'])} chooses the models to ask: ${models.slice(0, 20).map(shownReference).join(', ')}`,
    );
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
    changes.push(`${place} sends calls of ${name} to ${address ?? 'an address'}${key}`);
  }
  for (const name of Object.keys(run))
    changes.push(`${file.place(['run', name])} sets run.${name}`);
  return changes;
}

function hostOf(address: string): string | undefined {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`);
  return url?.host ? plainLine(url.host, 100) : undefined;
}
