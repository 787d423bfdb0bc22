import type { AtomicFile } from '../io/index.ts';
import { StagingBuffer } from './staging-buffer.ts';

const WRITE_BYTES = 512 * 1024;

/** Lines on their way into a file. */
export class LineWriter {
  readonly #file: AtomicFile;
  readonly #buffer = new StagingBuffer();

  constructor(file: AtomicFile) {
    this.#file = file;
  }

  /** Adds a line; true when it is time to flush. */
  add(text: string): boolean {
    this.#buffer.add(text);
    this.#buffer.add('\n');
    return this.#buffer.length >= WRITE_BYTES;
  }

  /** Writes what is held. */
  async flush(): Promise<void> {
    await this.#file.write(this.#buffer.view());
    this.#buffer.clear();
  }
}
