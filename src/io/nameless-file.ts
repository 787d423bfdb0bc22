import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileError } from './file-error.ts';
import { type FileLayer, nodeFiles } from './file-layer.ts';
import { writeAll } from './write-all.ts';

const CHUNK_BYTES = 256 * 1024;

/**
 * A file that only this process knows, and that goes with it: it loses its name as soon as it is made. Meant for bytes
 * that come once and are needed twice, or here and there.
 */
export class NamelessFile {
  readonly fd: number;
  readonly #path: string;
  readonly #files: FileLayer;
  #size = 0;

  private constructor(fd: number, path: string, files: FileLayer) {
    this.fd = fd;
    this.#path = path;
    this.#files = files;
  }

  /** @throws TuttiError `file_unwritable`, `disk_full` */
  static async create(files: FileLayer = nodeFiles): Promise<NamelessFile> {
    const path = join(tmpdir(), `tutti-${randomBytes(8).toString('hex')}.tmp`);
    let fd: number | undefined;
    try {
      fd = await files.open(path, 'wx+', 0o600);
      await files.unlink(path);
      return new NamelessFile(fd, path, files);
    } catch (cause) {
      if (fd !== undefined) await files.close(fd).catch(() => {});
      throw await fileError(cause, path, 'write');
    }
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#size;
  }

  /** Writes the next bytes; await each call before the next one. @throws TuttiError `disk_full`, `file_unwritable` */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      await writeAll(this.#files, this.fd, bytes);
    } catch (cause) {
      throw await fileError(cause, this.#path, 'write');
    }
    this.#size += bytes.length;
  }

  /** All bytes, from the first one on. @throws TuttiError `file_unreadable` */
  async *chunks(): AsyncGenerator<Buffer, void> {
    for (let at = 0; at < this.#size; ) {
      const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
      const count = await this.#read(chunk, at);
      if (count === 0) return;
      at += count;
      yield chunk.subarray(0, count);
    }
  }

  /** Bytes from a place on; fewer where there are no more. @throws TuttiError `file_unreadable` */
  async read(at: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, this.#size - at)));
    if (at < 0) return Buffer.alloc(0);
    for (let filled = 0; filled < bytes.length; ) {
      const count = await this.#read(bytes.subarray(filled), at + filled);
      if (count === 0) return bytes.subarray(0, filled);
      filled += count;
    }
    return bytes;
  }

  /** Never fails. */
  async close(): Promise<void> {
    await this.#files.close(this.fd).catch(() => {});
  }

  async #read(into: Buffer, at: number): Promise<number> {
    try {
      return await this.#files.read(this.fd, into, 0, into.length, at);
    } catch (cause) {
      throw await fileError(cause, this.#path, 'read');
    }
  }
}
