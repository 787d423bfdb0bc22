import { type InputFile, isSameStatus } from './input-files.ts';

interface Watched {
  readonly file: InputFile;
  /** Monotonic time since which it has looked like this. */
  readonly sinceMs: number;
}

/** Knows which files have stood still for long enough to be whole. */
export class SettlingFiles {
  readonly #settleMs: number;
  #watched: ReadonlyMap<string, Watched> = new Map();

  /** @param settleMs how long size, time and identity must have stayed what they are */
  constructor(settleMs: number) {
    this.#settleMs = settleMs;
  }

  get isEmpty(): boolean {
    return this.#watched.size === 0;
  }

  /** Takes note of what is there now. */
  look(files: readonly InputFile[], nowMs: number): void {
    const before = this.#watched;
    this.#watched = new Map(
      files.map((file) => {
        const known = before.get(file.name);
        const isSame = known !== undefined && isSameStatus(known.file.status, file.status);
        return [file.name, isSame ? known : { file, sinceMs: nowMs }];
      }),
    );
  }

  /** The oldest file that stands still; undefined if none does. */
  firstSettled(nowMs: number): InputFile | undefined {
    const settled = [...this.#watched.values()]
      .filter(({ sinceMs }) => nowMs - sinceMs >= this.#settleMs)
      .map(({ file }) => file);
    return settled.sort(olderFirst)[0];
  }

  /** Monotonic time at which a file may have settled that has not yet; undefined if there is none. */
  nextSettledMs(nowMs: number): number | undefined {
    const due = [...this.#watched.values()]
      .map(({ sinceMs }) => sinceMs + this.#settleMs)
      .filter((dueMs) => dueMs > nowMs);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  /** Lets a file that has changed after all, or that is gone, begin anew. */
  forget(name: string): void {
    const others = new Map(this.#watched);
    others.delete(name);
    this.#watched = others;
  }
}

function olderFirst({ status: left, name }: InputFile, { status: right, name: other }: InputFile) {
  return left.modifiedMs - right.modifiedMs || (name < other ? -1 : 1);
}
