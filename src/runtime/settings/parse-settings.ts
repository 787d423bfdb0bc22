import { type SettingsDocument, settingsSchema } from './schema.ts';
import { knownKeysOf } from './schema-keys.ts';
import { describeIssues } from './schema-mistakes.ts';
import type { SettingsProblem } from './settings-problem.ts';
import { parseYamlSource, type SettingsPath, textOfBytes } from './yaml-source.ts';

/** A settings file whose content follows the schema. */
export interface SettingsFile {
  /** Its name as messages show it: `tutti.yaml`, or a whole path. */
  readonly name: string;
  readonly document: SettingsDocument;
  /** Gives `file:line` of a setting. */
  place(path: SettingsPath): string;
}

const knownKeys = knownKeysOf(settingsSchema);

/** A settings file, or everything that is wrong with it. */
export type ParsedSettings =
  | { readonly file: SettingsFile; readonly problems: readonly [] }
  | { readonly file: null; readonly problems: readonly SettingsProblem[] };

/**
 * Parses a settings file and finds every mistake at once. This module loads the YAML parser and the
 * schema library: import it only when there is a file.
 *
 * @param bytes at most 1 MiB, UTF-8, with or without a byte-order mark.
 */
export function parseSettings(bytes: Uint8Array, name: string): ParsedSettings {
  const text = textOfBytes(bytes);
  if (text === null) {
    return { file: null, problems: [{ where: `${name}:1:1`, message: 'is not UTF-8 text.' }] };
  }
  const source = parseYamlSource(text, name);
  if (source.problems.length > 0) return { file: null, problems: source.problems };
  // A file of comments alone says nothing.
  const parsed = settingsSchema.safeParse(source.value ?? {});
  if (!parsed.success) {
    return { file: null, problems: describeIssues(parsed.error.issues, source, knownKeys) };
  }
  const place = (path: SettingsPath): string => {
    const parent = path.slice(0, -1);
    return source.place(parent, String(path.at(-1))).replace(/:\d+$/, '');
  };
  return { file: { name, document: parsed.data, place }, problems: [] };
}
