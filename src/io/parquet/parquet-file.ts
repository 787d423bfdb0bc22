import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileError } from '../file-error.ts';
import type { FileLayer } from '../file-layer.ts';
import { writeAll } from '../write-all.ts';
import { damaged } from './parquet-problem.ts';

/**
 * A file that is read here and there. It is read at once, as its pages are unpacked at once: rows are put together from
 * all columns, which cannot wait for each other.
 */
export class ParquetFile {
  /** Bytes. */
  readonly size: number;
  readonly #fd: number;
  readonly #files: FileLayer;

  private constructor(fd: number, size: number, files: FileLayer) {
    this.#fd = fd;
    this.size = size;
    this.#files = files;
  }

  /** Opens a regular file. @throws TuttiError `file_missing`, `file_unreadable` */
  static async open(path: string, files: FileLayer): Promise<ParquetFile> {
    let fd: number | undefined;
    try {
      fd = await files.open(path, 'r');
      return new ParquetFile(fd, (await files.fstat(fd)).size, files);
    } catch (cause) {
      if (fd !== undefined) await files.close(fd).catch(() => {});
      throw await fileError(cause, path, 'read');
    }
  }

  /**
   * Takes bytes that only come once into a file without a name, which goes with this process.
   *
   * @throws TuttiError `file_unwritable`, `disk_full`, and whatever `chunks` throws
   */
  static async keep(chunks: AsyncIterable<Buffer>, files: FileLayer): Promise<ParquetFile> {
    const path = join(tmpdir(), `tutti-${randomBytes(8).toString('hex')}.parquet`);
    let fd: number | undefined;
    let size = 0;
    try {
      fd = await files.open(path, 'wx+', 0o600);
      await files.unlink(path);
      for await (const chunk of chunks) {
        await writeAll(files, fd, chunk);
        size += chunk.length;
      }
      return new ParquetFile(fd, size, files);
    } catch (cause) {
      if (fd !== undefined) await files.close(fd).catch(() => {});
      throw await fileError(cause, path, 'write');
    }
  }

  /** @throws ParquetProblem for bytes that are not there */
  read(at: number, length: number): Buffer {
    const isThere = at >= 0 && length >= 0 && at + length <= this.size;
    if (!isThere) throw damaged('a part lies outside of it');
    const bytes = Buffer.allocUnsafeSlow(length);
    for (let filled = 0; filled < length; ) {
      const count = this.#files.readSync(this.#fd, bytes, filled, length - filled, at + filled);
      if (count === 0) throw damaged('it has become shorter');
      filled += count;
    }
    return bytes;
  }

  /** Never fails. */
  async close(): Promise<void> {
    await this.#files.close(this.#fd).catch(() => {});
  }
}
