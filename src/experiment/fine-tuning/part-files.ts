import { AtomicFile } from '../../io/index.ts';

/** A file that was written. */
export interface WrittenPart {
  /** Absolute path. */
  readonly file: string;
  readonly rows: number;
  readonly tokens: number;
  readonly bytes: number;
}

/** How the lines of one side are written. */
export interface PartFilesOptions {
  /** The path of a part, by its number from 1; null: of the only one. It says no where that may not be. */
  readonly pathOf: (part: number | null) => Promise<string>;
  /** Most bytes of a file; undefined: one file has all. */
  readonly maxBytes: number | undefined;
}

const WRITE_CHARACTERS = 512 * 1024;

/** Writes lines into one file, or several of a size; they appear together, in the end, or none does. */
export class PartFiles {
  readonly #options: PartFilesOptions;
  readonly #files: AtomicFile[] = [];
  readonly #parts: { file: string; rows: number; tokens: number; bytes: number }[] = [];
  #lines: string[] = [];
  #held = 0;

  constructor(options: PartFilesOptions) {
    this.#options = options;
  }

  /** Adds a line, without its end. */
  async add(line: string, tokens: number): Promise<void> {
    const bytes = Buffer.byteLength(line) + 1;
    const { maxBytes = Number.POSITIVE_INFINITY } = this.#options;
    const last = this.#parts.at(-1);
    const part = last === undefined || last.bytes + bytes > maxBytes ? await this.#begin() : last;
    part.rows++;
    part.tokens += tokens;
    part.bytes += bytes;
    this.#lines.push(line, '\n');
    this.#held += line.length;
    if (this.#held >= WRITE_CHARACTERS) await this.#flush();
  }

  /** Brings everything to the disk; it can still be taken back. */
  async seal(): Promise<void> {
    if (this.#parts.length === 0) await this.#begin();
    await this.#flush();
    for (const file of this.#files) await file.seal();
  }

  /** Puts the files in their places. */
  async commit(): Promise<readonly WrittenPart[]> {
    for (const file of this.#files) await file.commit();
    return this.#parts;
  }

  /** Removes what was written; never fails, and does nothing to what is in its place. */
  async abort(): Promise<void> {
    for (const file of this.#files) await file.abort();
  }

  async #begin() {
    await this.#flush();
    await this.#files.at(-1)?.seal();
    const { maxBytes, pathOf } = this.#options;
    const file = await pathOf(maxBytes === undefined ? null : this.#files.length + 1);
    this.#files.push(await AtomicFile.create(file));
    const part = { file, rows: 0, tokens: 0, bytes: 0 };
    this.#parts.push(part);
    return part;
  }

  async #flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const bytes = Buffer.from(this.#lines.join(''));
    this.#lines = [];
    this.#held = 0;
    await this.#files.at(-1)!.write(bytes);
  }
}
