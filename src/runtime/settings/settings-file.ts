import { readSmallFile } from '../environment/private-file.ts';
import type { ParsedSettings, SettingsFile } from './parse-settings.ts';
import { badSettings } from './settings-problem.ts';

/** Parses the bytes of a settings file; loads the YAML parser and the schema only now. */
export async function parseSettingsBytes(bytes: Uint8Array, name: string): Promise<ParsedSettings> {
  const { parseSettings } = await import('./parse-settings.ts');
  return parseSettings(bytes, name);
}

/**
 * Reads a settings file of the home.
 *
 * @returns null when there is none.
 * @throws TuttiError `bad_settings` with every mistake and its place; `file_unreadable`.
 */
export async function readSettingsFile(path: string | null): Promise<SettingsFile | null> {
  const file = await readSmallFile(path);
  if (path === null || file === null) return null;
  const { file: settings, problems } = await parseSettingsBytes(file.bytes, path);
  if (settings === null) throw badSettings(problems);
  return settings;
}
