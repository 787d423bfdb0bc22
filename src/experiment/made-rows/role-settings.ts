import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseExactJson } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { plainLine } from '../../core/plain-text.ts';
import { fileError } from '../../io/index.ts';
import { quoted } from '../row/quoted.ts';

/** A model by the name that its role has for it, with the keys that rows for it get. */
export interface NamedModel {
  readonly name: string;
  /** `model`, or `api` and `model_name`; `parameters` and whatever else. */
  readonly settings: JsonObject;
}

/** Which models a role has. */
export interface RoleRequest {
  /** A folder with `settings.json`; undefined: the names are models themselves. */
  readonly folder: string | undefined;
  /** Names, or several with commas between, in the order in which they are asked. */
  readonly names: readonly string[];
  /** What such a model is called in messages: `judge`. */
  readonly role: string;
  readonly modelProblem: ModelProblemOf;
}

/** Says why the model of a row with these keys cannot be asked; undefined if it can. */
export type ModelProblemOf = (settings: JsonObject) => string | undefined;

/**
 * Finds the models of a role: entries of the folder's `settings.json`, `{NAME: {"api": …, "model_name": …, "parameters": {…}}}`,
 * or, without a folder, models by their references.
 *
 * @param problems receives what is wrong, a sentence each
 */
export async function readRole(
  { folder, names, role, modelProblem }: RoleRequest,
  problems: string[],
): Promise<readonly NamedModel[]> {
  if (folder === undefined) {
    const isModel = (name: string) => modelProblem({ model: name }) === undefined;
    const wanted = names.flatMap((name) => (isModel(name) ? [name] : listOf(name)));
    const models = unique(wanted).map((name) => ({ name, settings: { model: name } }));
    for (const { name, settings } of models) {
      const problem = modelProblem(settings);
      if (problem !== undefined) problems.push(`the ${role} ${plainLine(name)}: ${problem}`);
    }
    return models;
  }
  const path = join(folder, 'settings.json');
  const known = await readSettings(path, problems);
  if (known === undefined) return [];
  const wanted = names.flatMap((name) => (Object.hasOwn(known, name) ? [name] : listOf(name)));
  return unique(wanted).flatMap((name) => {
    const settings = Object.hasOwn(known, name) ? known[name] : undefined;
    if (settings === undefined) problems.push(unknownName(name, role, path, Object.keys(known)));
    const problem = settings === undefined ? undefined : settingsProblem(settings, modelProblem);
    if (problem !== undefined) problems.push(`${shown(path)}: ${quoted(name)} ${problem}`);
    return isJsonObject(settings) && problem === undefined ? [{ name, settings }] : [];
  });
}

/** Divides a list with commas, as prompto's users write several names. */
export function listOf(text: string): readonly string[] {
  return text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}

/** Reads a text file, its lines ended by `\n` alone, or notes why it cannot be read. */
export async function readText(path: string, problems: string[]): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  } catch (error) {
    problems.push((await fileError(error, shown(path), 'read')).message);
    return undefined;
  }
}

async function readSettings(path: string, problems: string[]): Promise<JsonObject | undefined> {
  const text = await readText(path, problems);
  if (text === undefined) return undefined;
  try {
    const value = parseExactJson(text);
    if (isJsonObject(value)) return value;
    problems.push(`${shown(path)} must be an object of names and settings`);
  } catch (error) {
    problems.push(`${shown(path)} is not JSON: ${plainLine(String(error), 200)}`);
  }
  return undefined;
}

function settingsProblem(settings: unknown, modelProblem: ModelProblemOf): string | undefined {
  if (!isJsonObject(settings)) return 'must be an object';
  const { api, model_name: name, model, parameters } = settings;
  const isPair = typeof api === 'string' && typeof name === 'string';
  if (!isPair && typeof model !== 'string') return 'must have "api" and "model_name", or "model"';
  if (parameters !== undefined && !isJsonObject(parameters)) {
    return 'has "parameters" that are no object';
  }
  const problem = modelProblem(settings);
  return problem === undefined ? undefined : `cannot be asked: ${problem}`;
}

function unknownName(name: string, role: string, path: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  const list = known
    .slice(0, 20)
    .map((one) => plainLine(one, 60))
    .join(', ');
  const advice = nearest === undefined ? '' : `; did you mean ${quoted(nearest)}?`;
  return `${shown(path)} has no ${role} ${quoted(name)}${advice} (it has: ${list || 'none'})`;
}

function shown(path: string): string {
  return plainLine(path, 500);
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
