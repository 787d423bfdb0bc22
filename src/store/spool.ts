import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Clock, Random } from '../core/clock.ts';
import { type FileLayer, fileError, syncFolder, systemCode, writeAll } from '../io/index.ts';
import { ownFiles } from './own-files.ts';
import { pidExists, placeMark, thisProcess } from './process-identity.ts';
import type { RunFolder } from './run-folder.ts';

const NAME = /^\.incoming-(\d+)-([0-9a-f]{8})-[0-9a-f]+$/;
const DAY_MS = 24 * 60 * 60 * 1000;

/** How a spool is made. */
export interface SpoolOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Default: the machine's. */
  readonly files?: FileLayer;
}

/**
 * The copy of an input that is being read, beside the runs, until it is known to which run it
 * belongs. Its SHA-256 is computed on the way.
 */
export class Spool {
  readonly path: string;
  readonly #fd: number;
  readonly #files: FileLayer;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #sha256: string | undefined;
  #state: 'open' | 'ended' | 'gone' = 'open';
  /** The folder, where it was made for this; it goes again if nothing comes into it. */
  readonly #madeFolder: string | undefined;

  private constructor(path: string, fd: number, files: FileLayer, madeFolder: string | undefined) {
    this.#madeFolder = madeFolder;
    this.path = path;
    this.#fd = fd;
    this.#files = files;
  }

  /**
   * @param out the folder that runs are below; made if need be, and removed again with the copy if nothing is in it.
   *   Copies that killed processes left there are removed.
   * @throws TuttiError `file_unwritable` or `disk_full`.
   */
  static async create(out: string, options: SpoolOptions): Promise<Spool> {
    const files = ownFiles(options.files);
    const self = thisProcess();
    const random = Math.floor(options.random() * 2 ** 48).toString(16);
    const path = join(out, `.incoming-${self.pid}-${placeMark(self)}-${random}`);
    try {
      const isNew = await isMissing(out, files);
      await files.mkdir(out, true, 0o755);
      await removeLeftOver(out, placeMark(self), options.clock.wallMs(), files);
      return new Spool(path, await files.open(path, 'wx'), files, isNew ? out : undefined);
    } catch (cause) {
      throw await fileError(cause, path, 'write');
    }
  }

  /** Bytes taken so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Takes the next bytes of the input; await each call before the next one. @throws TuttiError. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    await this.#failing(writeAll(this.#files, this.#fd, bytes));
  }

  /** Ends the copy and returns the SHA-256 of the bytes that it took, in hexadecimal. */
  async end(): Promise<string> {
    if (this.#state === 'open') {
      await this.#failing(this.#files.fdatasync(this.#fd));
      this.#state = 'ended';
      await this.#failing(this.#files.close(this.#fd));
    }
    this.#sha256 ??= this.#hash.digest('hex');
    return this.#sha256;
  }

  /** Makes the copy the input of a run. */
  async adopt(folder: RunFolder): Promise<void> {
    await this.end();
    await this.#failing(this.#files.rename(this.path, folder.input));
    this.#state = 'gone';
    await this.#failing(syncFolder(folder.path, this.#files));
    await this.#failing(syncFolder(dirname(folder.path), this.#files));
  }

  /** Throws the copy away, unless a run has adopted it; never fails. */
  async discard(): Promise<void> {
    if (this.#state === 'gone') return;
    if (this.#state === 'open') await this.#files.close(this.#fd).catch(() => {});
    this.#state = 'gone';
    await this.#files.unlink(this.path).catch(() => {});
    // A refused run leaves no folder.
    if (this.#madeFolder !== undefined) await this.#files.rmdir(this.#madeFolder).catch(() => {});
  }

  async #failing<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throw await fileError(cause, this.path, 'write');
    }
  }
}

async function isMissing(path: string, files: FileLayer): Promise<boolean> {
  try {
    await files.stat(path);
    return false;
  } catch (error) {
    return systemCode(error) === 'ENOENT';
  }
}

/** Processes of another host or container cannot be seen from here: their spools go after a day without a change. */
async function removeLeftOver(
  folder: string,
  place: string,
  nowMs: number,
  files: FileLayer,
): Promise<void> {
  for (const name of await files.list(folder)) {
    const match = NAME.exec(name);
    if (match === null) continue;
    const path = join(folder, name);
    const dead =
      match[2] === place
        ? !pidExists(Number(match[1]))
        : nowMs - (await changedMs(path, nowMs, files)) > DAY_MS;
    if (dead) await files.unlink(path).catch(() => {});
  }
}

/** When a file was changed; now, if that cannot be told. */
async function changedMs(path: string, nowMs: number, files: FileLayer): Promise<number> {
  const status = await files.stat(path).catch(() => undefined);
  return status?.modifiedMs ?? nowMs;
}
