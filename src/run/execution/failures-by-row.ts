import { PagedNumbers } from '../../store/in-memory.ts';

/** A failed call, as it is counted. */
export interface CountedFailure {
  readonly model: string;
  readonly code: string;
}

/** Which failures of calls were counted for which row, in some 12 bytes a failure, so that they can be taken back. */
export class FailuresByRow {
  readonly #kinds: CountedFailure[] = [];
  readonly #numbers = new Map<string, number>();
  /** For each row its newest failure, plus 1; 0 if it has none. */
  readonly #newest = new PagedNumbers(Uint32Array);
  readonly #before = new PagedNumbers(Uint32Array);
  readonly #kindOf = new PagedNumbers(Uint32Array);
  #count = 0;

  /** Notes a failure of a row. */
  add(row: number, failure: CountedFailure): void {
    const failures = this.#count++;
    this.#kindOf.set(failures, this.#numberOf(failure));
    this.#before.set(failures, this.#newest.get(row));
    this.#newest.set(row, failures + 1);
  }

  /** Gives the failures of a row, which has none from now on. */
  take(row: number): readonly CountedFailure[] {
    const taken: CountedFailure[] = [];
    for (let link = this.#newest.get(row); link !== 0; link = this.#before.get(link - 1)) {
      taken.push(this.#kinds[this.#kindOf.get(link - 1)]!);
    }
    if (taken.length > 0) this.#newest.set(row, 0);
    return taken;
  }

  #numberOf(failure: CountedFailure): number {
    const name = JSON.stringify([failure.model, failure.code]);
    const number = this.#numbers.get(name) ?? this.#kinds.length;
    if (number === this.#kinds.length) {
      this.#kinds.push(failure);
      this.#numbers.set(name, number);
    }
    return number;
  }
}
