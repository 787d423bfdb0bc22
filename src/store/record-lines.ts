import type { AtomicFile } from '../io/index.ts';
import { LineWriter } from './line-writer.ts';
import type { BuiltRecord } from './record-builder.ts';
import { KeyAdder, type RecordKeys } from './record-keys.ts';

/** Lines on their way into `completed.jsonl` and `failed.jsonl`, with the keys that records get. */
export class RecordLines {
  /** Records that failed. */
  failures = 0;
  /** Of those, the ones whose answer cannot be read again. */
  losses = 0;
  /** Null: only what failed is written. */
  readonly #completed: LineWriter | null;
  readonly #failed: LineWriter;
  readonly #adder: KeyAdder | undefined;
  #waiting: BuiltRecord[] = [];
  #characters = 0;

  constructor(completed: AtomicFile | null, failed: AtomicFile, keys: readonly RecordKeys[]) {
    this.#completed = completed && new LineWriter(completed);
    this.#failed = new LineWriter(failed);
    this.#adder = keys.length > 0 ? new KeyAdder(keys) : undefined;
  }

  /** Adds a record; true when it is time to flush. */
  add(record: BuiltRecord): boolean {
    if (record.failed) this.failures++;
    if (record.lost) this.losses++;
    if (this.#adder === undefined) return this.#write(record.text, record.failed);
    this.#waiting.push(record);
    this.#characters += record.text.length;
    return KeyAdder.isFull(this.#waiting.length, this.#characters);
  }

  /** Adds a line of `failed.jsonl` that is no record, behind all records; true when it is time to flush. */
  addInvalid(line: string): boolean {
    return this.#failed.add(line);
  }

  /** Writes what is held. */
  async flush(): Promise<void> {
    if (this.#adder !== undefined && this.#waiting.length > 0) {
      const texts = await this.#adder.add(this.#waiting.map(({ text }) => text));
      for (const [at, text] of texts.entries()) this.#write(text, this.#waiting[at]!.failed);
      this.#waiting = [];
      this.#characters = 0;
    }
    await this.#completed?.flush();
    await this.#failed.flush();
  }

  #write(text: string, failed: boolean): boolean {
    const isFull = this.#completed?.add(text) ?? false;
    return failed ? this.#failed.add(text) || isFull : isFull;
  }
}
