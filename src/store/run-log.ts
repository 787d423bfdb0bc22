import type { Clock } from '../core/clock.ts';
import type { JsonObject } from '../core/json.ts';
import { type FileLayer, nodeFiles, writeAll } from '../io/index.ts';

/** Text that may wait to be written before further events are dropped, in characters. */
const MAX_WAITING = 1024 * 1024;

/**
 * The diary of a run, one JSON object a line: what happened when. It helps to understand a run and
 * must never stop one: what cannot be written is dropped.
 */
export class RunLog {
  readonly #files: FileLayer;
  readonly #clock: Clock;
  readonly #fd: number | undefined;
  #waiting = '';
  #writes: Promise<void> | undefined;

  private constructor(fd: number | undefined, clock: Clock, files: FileLayer) {
    this.#fd = fd;
    this.#clock = clock;
    this.#files = files;
  }

  /** Opens a log to append to it; never fails. */
  static async open(path: string, clock: Clock, files: FileLayer = nodeFiles): Promise<RunLog> {
    const fd = await files.open(path, 'a').catch(() => undefined);
    return new RunLog(fd, clock, files);
  }

  /** Notes an event; `time` and `event` come first, then the details. */
  write(event: string, details: JsonObject = {}): void {
    if (this.#fd === undefined || this.#waiting.length > MAX_WAITING) return;
    const time = new Date(this.#clock.wallMs()).toISOString();
    this.#waiting += `${JSON.stringify({ time, event, ...details })}\n`;
    this.#writes ??= this.#writeWaiting(this.#fd);
  }

  /** Writes what is left and closes the file; never fails. */
  async close(): Promise<void> {
    await this.#writes;
    if (this.#fd !== undefined) await this.#files.close(this.#fd).catch(() => {});
  }

  async #writeWaiting(fd: number): Promise<void> {
    await Promise.resolve(); // Events of the same moment go together.
    while (this.#waiting !== '') {
      const text = this.#waiting;
      this.#waiting = '';
      await writeAll(this.#files, fd, Buffer.from(text)).catch(() => {});
    }
    this.#writes = undefined;
  }
}
