import { isJsonObject, type JsonObject } from '../core/json.ts';
import { plainLine } from '../core/plain-text.ts';
import type { RunState } from '../store/index.ts';
import type { FirstPass } from './first-pass.ts';

/** Characters of a value that are shown. */
const MAX_SHOWN = 200;

/** What `run.json` holds to tell whether a run may go on. */
export interface SentFacts {
  readonly input_sha256: string;
  readonly settings_sha256: string;
  readonly settings: JsonObject;
  /** What rows were filled with; left out where it was nothing. */
  readonly filled?: JsonObject;
}

/**
 * The settings that change what is sent: which rows `--limit` and `--skip-invalid` leave, and what the
 * names of models stand for, and what is in the files that rows name. Limits and addresses do not.
 */
export function whatIsSent({ table, resolvedReferences, media }: FirstPass): JsonObject {
  return {
    rows: table.rowCount,
    models: Object.fromEntries(resolvedReferences),
    ...(media.digest !== null && { media: media.digest }),
  };
}

/** The clause that says so of files that rows name. */
export const MEDIA_CHANGED = 'the files that its rows name have changed';

/** Says what has changed since a run began, a clause each; nothing if it may go on. */
export function whatChanged(before: RunState, now: SentFacts): string[] {
  if (before.input_sha256 !== now.input_sha256) return ['its input has changed'];
  if (before.settings_sha256 === now.settings_sha256) return [];
  const old = isJsonObject(before.settings) ? before.settings : {};
  const { rows } = now.settings;
  const changes = [
    ...(old.rows === rows ? [] : [`it had ${old.rows} rows and would have ${rows} (--limit)`]),
    ...changedModels(old.models, now.settings.models),
    ...((old.media ?? null) === (now.settings.media ?? null) ? [] : [MEDIA_CHANGED]),
    ...changedOptions(old.options, now.settings.options),
  ];
  return changes.length > 0 ? changes : ['its settings have changed'];
}

/** What is asked of each row, where that is no part of the rows, by its flags. */
function changedOptions(old: unknown, now: unknown): string[] {
  if (!isJsonObject(old) || !isJsonObject(now)) return [];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((flag) => {
    const [was, is] = [old[flag], now[flag]].map((value) => JSON.stringify(value ?? null));
    return was === is ? [] : [`${flag} was ${filledText(was!)} and is ${filledText(is!)}`];
  });
}

const FILLED = {
  models: '-m',
  override_model: '--override-model',
  parameters: '--param',
  system: '--system',
  samples: '-n',
} as const;

/** Says in what the filling of rows differs, a clause each: that alone changes the input of a run. */
export function howFillingChanged(before: RunState, now: SentFacts): string[] {
  const old = isJsonObject(before.filled) ? before.filled : {};
  const { filled = {} } = now;
  return Object.entries(FILLED).flatMap(([name, flag]) => {
    const [was, is] = [old[name], filled[name]].map((value) => JSON.stringify(value ?? null));
    return was === is ? [] : [`${flag} was ${filledText(was!)} and is ${filledText(is!)}`];
  });
}

function filledText(json: string): string {
  return json === 'null' ? 'not given' : plainLine(json, MAX_SHOWN);
}

function changedModels(old: unknown, now: unknown): string[] {
  if (!isJsonObject(old) || !isJsonObject(now)) return [];
  return Object.entries(now).flatMap(([name, resolved]) =>
    !Object.hasOwn(old, name) || old[name] === resolved
      ? []
      : [`the name ${name} stood for ${old[name]} and stands for ${resolved} now`],
  );
}
