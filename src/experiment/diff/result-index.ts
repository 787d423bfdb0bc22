import { KeyTable } from '../../core/key-table.ts';
import { textHash } from '../../core/text-hash.ts';
import { type ResultName, wholeName } from './result-name.ts';

/** The parts of the number that is kept for an id: the row of A that has it, counted from 1, and two bits. */
const ROW = 2 ** 30 - 1;
const IN_B = 2 ** 30;
const TWICE = 2 ** 31;

/**
 * Finds for each result of B the one of A: by id, and by id and model where an id stands more than once in A or in B.
 * Some 40 bytes an id. All of A are added first, then all of B, then they are looked up.
 */
export class ResultIndex {
  readonly #ids = new KeyTable();
  readonly #named = new KeyTable();

  /** Adds a result of A. @param row its number, from 0 to a thousand million */
  addA(name: ResultName, row: number): void {
    const id = textHash(name.id);
    const before = this.#ids.get(id);
    this.#ids.set(id, before === 0 ? row + 1 : orTwice(before));
    const whole = wholeName(name);
    if (this.#named.get(whole) === 0) this.#named.set(whole, row + 1);
  }

  /** Notes that B has a result. */
  addB({ id }: ResultName): void {
    const hash = textHash(id);
    const before = this.#ids.get(hash);
    this.#ids.set(hash, (before & IN_B) === 0 ? (before | IN_B) >>> 0 : orTwice(before));
  }

  /** The row of A for a result of B; undefined where there is none. */
  find(name: ResultName): number | undefined {
    const found = this.#ids.get(textHash(name.id));
    const row = (found & TWICE) === 0 ? found & ROW : this.#named.get(wholeName(name));
    return row === 0 ? undefined : row - 1;
  }
}

function orTwice(value: number): number {
  return (value | TWICE) >>> 0;
}
