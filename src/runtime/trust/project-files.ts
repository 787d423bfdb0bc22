import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileBytes, readSmallFile } from '../environment/private-file.ts';

/** A file of the working folder that can change what tutti does, read once: what is hashed is what is used. */
export interface ProjectFile {
  readonly name: 'tutti.yaml' | '.env';
  /** The folder's real path and the name: an agreement is for a folder, whatever a link points to. */
  readonly path: string;
  readonly bytes: Buffer;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string;
}

/** The two files of a project; null where there is none. */
export interface ProjectFiles {
  readonly settings: ProjectFile | null;
  readonly env: ProjectFile | null;
}

/**
 * Reads `tutti.yaml` and `.env` of a folder. Its parents are not searched.
 *
 * @throws TuttiError `file_unreadable` when `tutti.yaml` is larger than 1 MiB or no regular file; such a
 * `.env` was not written for tutti (a Python environment is often called so) and is passed over.
 */
export async function readProjectFiles(folder: string): Promise<ProjectFiles> {
  const real = await realpath(folder).catch(() => folder);
  return {
    settings: await readOne(real, 'tutti.yaml', readSmallFile),
    env: await readOne(real, '.env', (path) => readSmallFile(path).catch(() => null)),
  };
}

async function readOne(
  folder: string,
  name: ProjectFile['name'],
  read: (path: string) => Promise<FileBytes | null>,
): Promise<ProjectFile | null> {
  const path = join(folder, name);
  const file = await read(path);
  if (file === null) return null;
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  return { name, path, bytes: file.bytes, sha256 };
}
