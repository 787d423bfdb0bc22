import type { Clock } from '../core/clock.ts';
import type { JsonObject } from '../core/json.ts';
import { type FileLayer, writeAll } from '../io/index.ts';
import { ownFiles } from './own-files.ts';

/** Text that may wait to be written before further events are dropped, in characters. */
const MAX_WAITING = 1024 * 1024;

/** So often, in milliseconds, it is looked whether the file is still there. */
const LOOK_EVERY_MS = 1000;

/**
 * The diary of a run, one JSON object a line: what happened when. It helps to understand a run and
 * must never stop one: what cannot be written is dropped, and a diary that is taken away is begun anew.
 */
export class RunLog {
  readonly #path: string;
  readonly #files: FileLayer;
  readonly #clock: Clock;
  #fd: number | undefined;
  #lookedMs: number;
  #waiting = '';
  #writes: Promise<void> | undefined;

  private constructor(path: string, fd: number | undefined, clock: Clock, files: FileLayer) {
    this.#path = path;
    this.#fd = fd;
    this.#clock = clock;
    this.#files = files;
    this.#lookedMs = clock.monotonicMs();
  }

  /** Opens a log to append to it; never fails. */
  static async open(path: string, clock: Clock, base?: FileLayer): Promise<RunLog> {
    const files = ownFiles(base);
    const fd = await files.open(path, 'a').catch(() => undefined);
    return new RunLog(path, fd, clock, files);
  }

  /** Notes an event; `time` and `event` come first, then the details. */
  write(event: string, details: JsonObject = {}): void {
    if (this.#fd === undefined || this.#waiting.length > MAX_WAITING) return;
    const time = new Date(this.#clock.wallMs()).toISOString();
    this.#waiting += `${JSON.stringify({ time, event, ...details })}\n`;
    this.#writes ??= this.#writeWaiting();
  }

  /** Writes what is left and closes the file; never fails. */
  async close(): Promise<void> {
    await this.#writes;
    if (this.#fd !== undefined) await this.#files.close(this.#fd).catch(() => {});
  }

  async #writeWaiting(): Promise<void> {
    await Promise.resolve(); // Events of the same moment go together.
    while (this.#waiting !== '') {
      await this.#look();
      const text = this.#waiting;
      this.#waiting = '';
      if (this.#fd === undefined) break;
      await writeAll(this.#files, this.#fd, Buffer.from(text)).catch(() => {});
    }
    this.#writes = undefined;
  }

  async #look(): Promise<void> {
    const nowMs = this.#clock.monotonicMs();
    if (this.#fd === undefined || nowMs - this.#lookedMs < LOOK_EVERY_MS) return;
    this.#lookedMs = nowMs;
    try {
      if ((await this.#files.fstat(this.#fd)).links > 0) return;
      const fd = await this.#files.open(this.#path, 'a');
      await this.#files.close(this.#fd).catch(() => {});
      this.#fd = fd;
      const time = new Date(this.#clock.wallMs()).toISOString();
      this.#waiting = `${JSON.stringify({ time, event: 'log.jsonl was removed, begun anew' })}\n${this.#waiting}`;
    } catch {
      // Its folder is gone too: the journal notices that.
    }
  }
}
