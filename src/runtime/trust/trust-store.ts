import { isJsonObject } from '../../core/json.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { inTurn } from '../environment/file-turn.ts';
import { type Home, homeFile } from '../environment/home.ts';
import { readSmallFile, writePrivateFile } from '../environment/private-file.ts';
import type { ProjectFile } from './project-files.ts';

/** The content the user agreed to: the SHA-256 of each file, by its place. */
export type TrustStore = ReadonlyMap<string, string>;

/** Reads the home's `trust.json`; an absent, unreadable or damaged one means that nothing was agreed to. */
export async function readTrust(home: Home): Promise<TrustStore> {
  const file = await readSmallFile(homeFile(home, 'trust.json'));
  if (file === null) return new Map();
  const files = parseFiles(file.bytes.toString('utf8'));
  return new Map(
    Object.entries(files).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/**
 * Keeps the agreement to the content of some files, mode 600.
 *
 * @throws TuttiError `file_unwritable`.
 */
export async function keepTrust(home: Home, files: readonly ProjectFile[]): Promise<void> {
  const path = homeFile(home, 'trust.json');
  await inTurn(path, () => addTrust(home, path, files));
}

async function addTrust(
  home: Home,
  path: string | null,
  files: readonly ProjectFile[],
): Promise<void> {
  const trusted = new Map(await readTrust(home));
  for (const file of files) trusted.set(file.path, file.sha256);
  const text = JSON.stringify({ v: 1, files: Object.fromEntries(trusted) }, null, 2);
  if (Buffer.byteLength(text) > 1024 * 1024) {
    throw new TuttiError('file_unwritable', 'trust.json would become larger than 1 MiB.', {
      hint: 'Delete it from the home folder; agreements are asked for again.',
    });
  }
  await writePrivateFile(path, `${text}\n`);
}

function parseFiles(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && isJsonObject(value.files) ? value.files : {};
  } catch {
    return {};
  }
}
