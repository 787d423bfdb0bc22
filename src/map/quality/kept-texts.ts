import { NamelessFile, nodeFiles } from '../../io/index.ts';

/** Bytes that are held in memory before they go into a file. */
const MEMORY_BYTES = 8 * 1024 * 1024;

/** Texts by numbers from 0 on; beyond some megabytes they lie in a file that has no name and goes with the process. */
export class KeptTexts {
  /** Where each text ends; it begins where the one before it ends. */
  #ends = new Float64Array(1024);
  #count = 0;
  /** What is not in the file yet. */
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #file: NamelessFile | undefined;

  /** Keeps a text. @returns its number. @throws TuttiError `disk_full`, `file_unwritable` */
  async add(text: string): Promise<number> {
    const bytes = Buffer.from(text);
    if (this.#count === this.#ends.length) {
      const ends = new Float64Array(this.#count * 2);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    this.#ends[this.#count] = this.#startOf(this.#count) + bytes.length;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes > MEMORY_BYTES) await this.#write();
    return this.#count++;
  }

  /** A text by its number. @throws TuttiError `file_unreadable` */
  async get(number: number): Promise<string> {
    const start = this.#startOf(number);
    const inFile = this.#file?.size ?? 0;
    if (start >= inFile) return this.#waiting[number - this.#firstWaiting]!.toString();
    const bytes = Buffer.alloc(this.#ends[number]! - start);
    for (let at = 0; at < bytes.length; ) {
      const { fd } = this.#file!;
      const count = await nodeFiles.read(fd, bytes, at, bytes.length - at, start + at);
      if (count === 0) break;
      at += count;
    }
    return bytes.toString();
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  get #firstWaiting(): number {
    return this.#count - this.#waiting.length;
  }

  #startOf(number: number): number {
    return number === 0 ? 0 : this.#ends[number - 1]!;
  }

  async #write(): Promise<void> {
    this.#file ??= await NamelessFile.create();
    await this.#file.write(Buffer.concat(this.#waiting));
    this.#waiting = [];
    this.#waitingBytes = 0;
  }
}
