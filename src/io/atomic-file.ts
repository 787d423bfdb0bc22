import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { plainLine } from '../core/plain-text.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { fileError, systemCode } from './file-error.ts';
import { type FileLayer, nodeFiles } from './file-layer.ts';
import { writeAll } from './write-all.ts';

/** How an atomic file is written. */
export interface AtomicFileOptions {
  /** Permissions of the new file; default 0o666 less the user's mask. */
  readonly mode?: number;
  /** Default: the machine's. */
  readonly files?: FileLayer;
}

/** The end of the name of a file that is being written; one that is left over may be deleted. */
export const TEMPORARY_SUFFIX = '.tmp';

/**
 * A file that appears under its name all at once, complete and safe on disk, or not at all: it is
 * written beside its place, synced and renamed.
 */
export class AtomicFile {
  readonly path: string;
  readonly #temporaryPath: string;
  readonly #files: FileLayer;
  readonly #fd: number;
  #open = true;

  private constructor(path: string, temporaryPath: string, fd: number, files: FileLayer) {
    this.path = path;
    this.#temporaryPath = temporaryPath;
    this.#fd = fd;
    this.#files = files;
  }

  /** @throws TuttiError when the file cannot be made. */
  static async create(path: string, options: AtomicFileOptions = {}): Promise<AtomicFile> {
    const files = options.files ?? nodeFiles;
    await refuseDevice(path, files);
    // A name that nobody can have taken before, and `wx`: nothing that stands there is ever written through.
    const name = `.${basename(path)}.${randomBytes(8).toString('hex')}${TEMPORARY_SUFFIX}`;
    const temporaryPath = join(dirname(path), name);
    try {
      const fd = await files.open(temporaryPath, 'wx', options.mode);
      return new AtomicFile(path, temporaryPath, fd, files);
    } catch (cause) {
      throw await fileError(cause, path, 'write');
    }
  }

  /**
   * Writes the next bytes; await each call before the next one.
   *
   * @throws TuttiError, after which only `abort` makes sense.
   */
  async write(bytes: Uint8Array): Promise<void> {
    await this.#failing(writeAll(this.#files, this.#fd, bytes));
  }

  /**
   * How the file is now, under the name that it is written with: as it was before unless somebody has written into it,
   * moved it, put another one there or changed who may use it. Empty when there is none.
   */
  async state(): Promise<string> {
    const status = await this.#files.lstat(this.#temporaryPath).catch(() => undefined);
    if (status === undefined) return '';
    const { identity, size, links, owner, mode, modifiedMs } = status;
    return `${identity} ${size} ${links} ${owner} ${mode} ${modifiedMs}`;
  }

  /** Brings everything to the disk without showing it yet; `commit` does it too. */
  async seal(): Promise<void> {
    if (!this.#open) return;
    await this.#failing(this.#files.fsync(this.#fd));
    this.#open = false;
    await this.#failing(this.#files.close(this.#fd));
  }

  /** Puts the complete file in its place. */
  async commit(): Promise<void> {
    await this.seal();
    await this.#failing(this.#files.rename(this.#temporaryPath, this.path));
    await this.#failing(syncFolder(dirname(this.path), this.#files));
  }

  /** Removes what was written so far; never fails. */
  async abort(): Promise<void> {
    if (this.#open) await this.#files.close(this.#fd).catch(() => {});
    this.#open = false;
    await this.#files.unlink(this.#temporaryPath).catch(() => {});
  }

  async #failing<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throw await fileError(cause, this.path, 'write');
    }
  }
}

/** A pipe, a socket or a device would be gone for good once a file took its name: `/dev/null`, for who may do all. */
async function refuseDevice(path: string, files: FileLayer): Promise<void> {
  const status = await files.stat(path).catch(() => null);
  if (status === null || status.isFile || status.isDirectory) return;
  throw new TuttiError('file_unwritable', `${plainLine(path, 1000)} is no file`, {
    hint: 'Name a file: a new one takes the place of what has its name.',
  });
}

/**
 * Writes a whole file atomically.
 *
 * @throws TuttiError; the old file, if any, is then untouched.
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  options: AtomicFileOptions = {},
): Promise<void> {
  const file = await AtomicFile.create(path, options);
  try {
    await file.write(typeof content === 'string' ? Buffer.from(content) : content);
    await file.commit();
  } catch (error) {
    await file.abort();
    throw error;
  }
}

/** What systems say that cannot sync a folder. */
const CANNOT_SYNC = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EPERM', 'EACCES', 'EISDIR']);

/** Makes new, renamed and removed names of a folder safe on disk, where the system can do that. */
export async function syncFolder(path: string, files: FileLayer = nodeFiles): Promise<void> {
  let fd: number;
  try {
    fd = await files.open(path, 'r');
  } catch (error) {
    if (CANNOT_SYNC.has(systemCode(error) ?? '')) return;
    throw error;
  }
  try {
    await files.fsync(fd);
  } catch (error) {
    if (!CANNOT_SYNC.has(systemCode(error) ?? '')) throw error;
  } finally {
    await files.close(fd).catch(() => {});
  }
}
