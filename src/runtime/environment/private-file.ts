import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open, realpath, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { nodeFiles, systemCode } from '../../io/index.ts';

/** The bytes of a small file as they were at one moment. */
export interface FileBytes {
  readonly bytes: Buffer;
  /** Permission bits, such as 0o600. */
  readonly mode: number;
}

/** The most that a settings, keys or trust file may hold, in bytes. */
const SMALL_FILE_BYTES = 1024 * 1024;

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG']);

/**
 * Reads a small regular file in one go.
 *
 * @returns null when there is none or this user may not read it.
 * @throws TuttiError `file_unreadable` when it is no regular file, larger than 1 MiB, or the disk fails.
 */
export async function readSmallFile(path: string | null): Promise<FileBytes | null> {
  if (path === null) return null;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for ever.
    await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = await file.stat();
    if (!stat.isFile()) throw unreadable(path, 'is not a regular file');
    if (stat.size > SMALL_FILE_BYTES) throw unreadable(path, 'is larger than 1 MiB');
    const buffer = Buffer.alloc(SMALL_FILE_BYTES + 1);
    const length = await fill(file, buffer);
    if (length > SMALL_FILE_BYTES) throw unreadable(path, 'is larger than 1 MiB');
    return { bytes: Buffer.from(buffer.subarray(0, length)), mode: stat.mode & 0o777 };
  } catch (error) {
    if (error instanceof TuttiError) throw error;
    if (ABSENT.has(systemCode(error) ?? '')) return null;
    throw unreadable(path, `cannot be read (${systemCode(error) ?? 'unknown error'})`);
  }
}

/**
 * Replaces a file of the user's home in one step; only the user can read it (mode 600, folder 700).
 *
 * @throws TuttiError `file_unwritable` when there is no home or it cannot be written.
 */
export async function writePrivateFile(path: string | null, text: string): Promise<void> {
  if (path === null) {
    throw new TuttiError('file_unwritable', 'There is no home folder to write to.', {
      hint: 'Set TUTTI_HOME to a folder of your own.',
    });
  }
  const target = await realpath(path).catch(() => path);
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    await nodeFiles.mkdir(dirname(target), true, 0o700);
    try {
      await using file = await open(temporary, 'wx', 0o600);
      await file.writeFile(text);
      await file.sync();
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await rename(temporary, target);
  } catch (error) {
    throw new TuttiError(
      'file_unwritable',
      `${plainLine(path)} cannot be written (${systemCode(error) ?? 'unknown error'}).`,
      { hint: 'Make the folder writable, or set TUTTI_HOME to another one.' },
    );
  }
}

async function fill(
  file: { read(buffer: Buffer, offset: number): Promise<{ bytesRead: number }> },
  buffer: Buffer,
): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

function unreadable(path: string, why: string): TuttiError {
  return new TuttiError('file_unreadable', `${plainLine(path)} ${why}.`);
}
