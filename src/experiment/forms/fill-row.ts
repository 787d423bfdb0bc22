import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { rowObject } from './row-object.ts';

/** What is put into rows where they do not say it themselves. */
export interface RowFilling {
  /** References of models; a row without a model becomes a row for each of them. Default none: such a row is a mistake. */
  readonly models?: readonly string[] | undefined;
  /** True asks rows that name a model of `models` too, in its place; default false. */
  readonly overrideModel?: boolean | undefined;
  /** Parameters, each for the rows that do not have one of its name; default none. */
  readonly parameters?: JsonObject | undefined;
  /** A system message in front of the messages that hold none; default none. */
  readonly system?: string | undefined;
  /** `n` of the rows whose parameters have none; default: one completion. */
  readonly samples?: number | undefined;
}

/** What `run.json` keeps of a filling, so that it can be said what has changed; undefined where there is none. */
export function fillingFacts(filling: RowFilling): JsonObject | undefined {
  if (isEmptyFilling(filling)) return undefined;
  const { models = [], overrideModel, parameters = {}, system, samples } = filling;
  return {
    ...(models.length > 0 && { models }),
    ...(overrideModel && { override_model: true }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(system !== undefined && { system }),
    ...(samples !== undefined && { samples }),
  };
}

/** Writes the rows that a row becomes; null where it stays as it is. */
export type FillRow = (text: string) => readonly string[] | null;

/** Only a line that matches can name several models. */
const MAY_NAME_SEVERAL = /"model(?:_name)?"\s*:\s*\[/;
/** Parameters by which APIs are told what a system message says. */
const SYSTEM_PARAMETERS = ['system', 'instructions', 'system_instruction', 'systemInstruction'];
const SYSTEM_ROLES = ['system', 'developer'];

/** True when rows stay as they are, but for those that name several models. */
export function isEmptyFilling({
  models = [],
  parameters = {},
  system,
  samples,
}: RowFilling): boolean {
  const isNamed = models.length > 0 || Object.keys(parameters).length > 0;
  return !isNamed && system === undefined && samples === undefined;
}

/**
 * Makes the function that fills rows and gives each of their models a row of its own: those of a list in `model` or
 * `model_name`, or the given ones. What is no row, and a row that lacks nothing, stays as it is.
 */
export function rowFiller(filling: RowFilling): FillRow {
  const { parameters = {}, samples } = filling;
  const wanted = { ...(samples !== undefined && { n: samples }), ...parameters };
  const whole = { ...filling, parameters: wanted };
  const isEmpty = isEmptyFilling(filling);
  return (text) => {
    if (isEmpty && !MAY_NAME_SEVERAL.test(text)) return null;
    const row = rowObject(text);
    if (row === null) return null;
    const changes = changesOf(row, whole);
    return changes === null ? null : changes.map((change) => written(text, row, change));
  };
}

/** New values of a row's keys; undefined for one that goes. */
type Change = Readonly<Record<string, JsonValue | undefined>>;

function changesOf(row: JsonObject, filling: RowFilling): readonly Change[] | null {
  const models = modelChanges(row, filling);
  const parameters = filledParameters(row.parameters, filling.parameters ?? {});
  const prompt = filling.system === undefined ? null : withSystem(row, filling.system);
  if (models === null && parameters === null && prompt === null) return null;
  const common: Change = {
    ...(prompt !== null && { prompt }),
    ...(parameters !== null && { parameters }),
  };
  return (models ?? [{}]).map((model) => ({ ...common, ...model }));
}

function modelChanges(
  row: JsonObject,
  { models = [], overrideModel = false }: RowFilling,
): readonly Change[] | null {
  const namesNone = [row.model, row.api, row.model_name].every(isAbsent);
  if (models.length > 0 && (namesNone || overrideModel)) {
    const gone = { api: undefined, model_name: undefined };
    return models.map((model) => (namesNone ? { model } : { ...gone, model }));
  }
  const key = nameKey(row);
  const names = row[key];
  if (!Array.isArray(names) || !isListOfNames(names)) return null;
  return names.map((name) => ({ [key]: name }));
}

/** The key that names a row's model, as `parseRow` has it. */
function nameKey({ api, model, model_name }: JsonObject): 'model' | 'model_name' {
  const isPair = typeof api === 'string' || (isAbsent(model) && !isAbsent(model_name));
  return isPair ? 'model_name' : 'model';
}

/** Any other list is a mistake, which the row's reader tells. */
function isListOfNames(names: readonly JsonValue[]): names is readonly string[] {
  const isEach = names.every((name) => typeof name === 'string' && name !== '');
  return isEach && names.length > 0 && new Set(names).size === names.length;
}

function filledParameters(given: JsonValue | undefined, wanted: JsonObject): JsonObject | null {
  const own = isAbsent(given) ? {} : given;
  if (!isJsonObject(own) || JSON.isRawJSON(own)) return null;
  const missing = Object.entries(wanted).filter(([name]) => !Object.hasOwn(own, name));
  return missing.length === 0 ? null : { ...own, ...Object.fromEntries(missing) };
}

/** The prompt with a system message in front; null where there is one already, or none can be told from what is there. */
function withSystem({ prompt, parameters }: JsonObject, system: string): JsonValue | null {
  const isTold =
    isJsonObject(parameters) && SYSTEM_PARAMETERS.some((name) => Object.hasOwn(parameters, name));
  if (isTold) return null;
  const message = { role: 'system', content: system };
  if (typeof prompt === 'string') return [message, { role: 'user', content: prompt }];
  if (!Array.isArray(prompt) || prompt.length === 0) return null;
  const parts = prompt as readonly JsonValue[];
  const hasOne = parts.some(
    (part) => isJsonObject(part) && SYSTEM_ROLES.some((role) => role === part.role),
  );
  return hasOne ? null : [message, ...parts];
}

/** New keys come behind the others, which stay byte for byte; a row of which a key changes is written anew. */
function written(text: string, row: JsonObject, change: Change): string {
  const isAddition = Object.keys(change).every((key) => !Object.hasOwn(row, key));
  if (!isAddition) return JSON.stringify({ ...row, ...change });
  const added = JSON.stringify(change).slice(1);
  const start = text.trimEnd().slice(0, -1).trimEnd();
  return start.endsWith('{') ? start + added : `${start},${added}`;
}

function isAbsent(value: JsonValue | undefined): value is null | undefined {
  return value === undefined || value === null;
}
