import { TuttiError } from '../../core/tutti-error.ts';
import { type EnvEntry, parseEnvFile } from '../environment/env-file.ts';
import { inTurn } from '../environment/file-turn.ts';
import { type Home, homeFile } from '../environment/home.ts';
import type { Notice } from '../environment/notice.ts';
import { readSmallFile, writePrivateFile } from '../environment/private-file.ts';
import { isRefusedVariable, VARIABLE_NAME } from '../environment/variable-names.ts';

/** The keys file of the home: lines NAME=VALUE, readable by its user only. */
export interface KeysFile {
  /** Null without a home. */
  readonly path: string | null;
  readonly entries: readonly EnvEntry[];
  /** What the user should know, such as that others can read the file. */
  readonly notices: readonly Notice[];
}

const HEADER = '# Keys of tutti: NAME=VALUE. Change them with: tutti keys set|remove\n';

/** Reads the keys file; an absent home or file has no entries. */
export async function readKeysFile(home: Home, platform: NodeJS.Platform): Promise<KeysFile> {
  const path = homeFile(home, 'keys');
  const file = await readSmallFile(path);
  if (path === null || file === null) return { path, entries: [], notices: [] };
  const { entries, unreadableLines } = parseEnvFile(file.bytes.toString('utf8'));
  const notices = unreadableLines.map(
    (line): Notice => ({ kind: 'line_passed_over', file: path, line }),
  );
  if (platform !== 'win32' && (file.mode & 0o077) !== 0) {
    const mode = file.mode.toString(8).padStart(3, '0');
    notices.unshift({ kind: 'keys_readable_by_others', path, mode });
  }
  return { path, entries, notices };
}

/**
 * Keeps a key under a variable's name, in place of an older one; other lines stay as they are.
 *
 * @throws TuttiError `bad_usage` for a name or key that cannot be one (the key is not shown),
 *   `file_unwritable`.
 */
export async function setKey(home: Home, name: string, key: string): Promise<void> {
  const value = key.trim();
  if (!VARIABLE_NAME.test(name) || isRefusedVariable(name)) {
    throw new TuttiError('bad_usage', 'This is not the name of a variable that can hold a key.');
  }
  if (!isPlainKey(value) || /^["'#]/.test(value)) {
    throw new TuttiError('bad_usage', 'What was given for a key holds characters no key has.', {
      hint: 'A key is one line without spaces, quotes or line breaks; check what was copied.',
    });
  }
  const path = homeFile(home, 'keys');
  await inTurn(path, async () => {
    const lines = await keptLines(home, name);
    await writePrivateFile(path, `${lines}${name}=${value}\n`);
  });
}

/**
 * Removes a key.
 *
 * @returns false when there was none.
 * @throws TuttiError `file_unwritable`.
 */
export async function removeKey(home: Home, name: string): Promise<boolean> {
  const path = homeFile(home, 'keys');
  const isThere = async () => {
    const file = await readSmallFile(path);
    const { entries } = parseEnvFile(file?.bytes.toString('utf8') ?? '');
    return entries.some((entry) => entry.name === name);
  };
  if (!(await isThere())) return false;
  return await inTurn(path, async () => {
    if (!(await isThere())) return false;
    await writePrivateFile(path, await keptLines(home, name));
    return true;
  });
}

/** Tells whether a text can be sent as a key: printable ASCII without spaces. */
export function isPlainKey(value: string): boolean {
  return /^[\x21-\x7e]{1,10000}$/.test(value);
}

async function keptLines(home: Home, name: string): Promise<string> {
  const file = await readSmallFile(homeFile(home, 'keys'));
  if (file === null) return HEADER;
  const text = file.bytes.toString('utf8').replace(/^\uFEFF/, '');
  const lines = text.split(/\r\n|\n|\r/);
  const gone = new Set<number>();
  for (const entry of parseEnvFile(text).entries) {
    if (entry.name !== name) continue;
    for (let line = entry.line; line <= entry.lastLine; line++) gone.add(line);
  }
  const kept = lines.filter((_, index) => !gone.has(index + 1)).join('\n');
  return kept === '' || kept.endsWith('\n') ? kept : `${kept}\n`;
}
