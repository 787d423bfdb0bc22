import { fileError } from '../file-error.ts';
import type { FileLayer } from '../file-layer.ts';
import { NamelessFile } from '../nameless-file.ts';
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

  /** Keeps bytes that come only once. @throws TuttiError `file_unwritable`, `disk_full`, and whatever `chunks` throws */
  static async keep(chunks: AsyncIterable<Buffer>, files: FileLayer): Promise<ParquetFile> {
    const kept = await NamelessFile.create(files);
    try {
      for await (const chunk of chunks) await kept.write(chunk);
      return new ParquetFile(kept.fd, kept.size, files);
    } catch (error) {
      await kept.close();
      throw error;
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
