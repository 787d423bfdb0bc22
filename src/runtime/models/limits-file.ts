import { readFile } from 'node:fs/promises';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { fileError } from '../../io/index.ts';
import type { Limits } from '../../scheduler/index.ts';
import type { LimitsTable, NamedLimits } from './limiter-choice.ts';

const MOST = 1_000_000_000;
const FIELDS: Readonly<Record<string, keyof Limits>> = {
  rpm: 'requestsPerMinute',
  tpm: 'tokensPerMinute',
  concurrency: 'concurrency',
};

/**
 * Reads a limits file. It is prompto's `max-queries` JSON, `{NAME: 60, NAME: {"default": 60, MODEL: 20}}`
 * with requests a minute, where NAME is a group, a provider or an endpoint; each number may also be
 * `{"rpm": 60, "tpm": 90000, "concurrency": 8}`.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`, `bad_settings` with every mistake.
 */
export async function readLimitsFile(path: string): Promise<LimitsTable> {
  const text = await readFile(path, 'utf8').catch(async (error: unknown) => {
    throw await fileError(error, plainLine(path), 'read');
  });
  return parseLimits(text, path);
}

/**
 * Parses the text of a limits file.
 *
 * @param file its name for messages.
 * @throws TuttiError `bad_settings` with every mistake, one a line.
 */
export function parseLimits(text: string, file: string): LimitsTable {
  const problems: string[] = [];
  const table = new Map<string, NamedLimits>();
  const root = parseJson(text, file);
  if (!isJsonObject(root)) throw mistakes(file, ['must be a JSON object of names and limits']);
  for (const [name, value] of Object.entries(root)) {
    const limits = readNamed(value, name, problems);
    if (limits) table.set(name, limits);
  }
  if (problems.length > 0) throw mistakes(file, problems);
  return table;
}

function readNamed(value: JsonValue, name: string, problems: string[]): NamedLimits | undefined {
  const where = quote(name);
  if (!isJsonObject(value) || isExtended(value)) {
    const limits = readLimits(value, where, problems);
    return limits && { limits, models: new Map() };
  }
  const models = new Map<string, Limits>();
  let own: Limits | null = null;
  for (const [model, entry] of Object.entries(value)) {
    const limits = readLimits(entry, `${where}, ${quote(model)}`, problems);
    if (limits && model === 'default') own = limits;
    else if (limits) models.set(model, limits);
  }
  return { limits: own, models };
}

/** `{"rpm": ...}` holds limits; `{"default": ..., MODEL: ...}` holds models. */
function isExtended(value: JsonObject): boolean {
  return Object.keys(value).some((key) => Object.hasOwn(FIELDS, key));
}

function readLimits(value: JsonValue, where: string, problems: string[]): Limits | undefined {
  if (!isJsonObject(value)) {
    if (isLimit(value)) return { requestsPerMinute: value };
    problems.push(`${where} must be a whole number of at least 1 (requests a minute)`);
    return undefined;
  }
  const limits: Record<string, number> = {};
  for (const [key, number] of Object.entries(value)) {
    const field = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
    if (field === undefined) problems.push(unknownField(where, key));
    else if (isLimit(number)) limits[field] = number;
    else problems.push(`${where}, ${key} must be a whole number of at least 1`);
  }
  if (Object.keys(value).length === 0) problems.push(`${where} holds no limit`);
  return limits;
}

function isLimit(value: JsonValue): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST;
}

function unknownField(where: string, key: string): string {
  const near = nearestName(key, Object.keys(FIELDS));
  const help = near ? `did you mean ${near}?` : 'known: rpm, tpm, concurrency';
  return `${where} has an unknown key ${quote(key)}; ${help}`;
}

function parseJson(text: string, file: string): JsonValue {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as JsonValue;
  } catch (error) {
    throw mistakes(file, [`is not JSON (${plainLine((error as Error).message)})`]);
  }
}

function quote(name: string): string {
  return `"${plainLine(name, 60)}"`;
}

function mistakes(file: string, problems: readonly string[]): TuttiError {
  const lines = problems.map((problem) => `${plainLine(file)}: ${problem}.`);
  return new TuttiError('bad_settings', lines.join('\n'), {
    hint: 'Such as {"openai": 60, "gemini": {"default": 30, "gemini-2.5-pro": 5}}.',
  });
}
