import type { JsonObject } from '../core/json.ts';
import { KeyTable } from '../core/key-table.ts';
import { textHash } from '../core/text-hash.ts';
import { PagedNumbers } from '../store/in-memory.ts';
import type { MapPlan } from './map-plan.ts';
import { messagesOf } from './row-question.ts';

/** A row that is not asked. */
const SKIPPED = 0xffff_ffff;

/**
 * The rows of a map where not each is asked: where each stands in the run's input, and which row is asked in its place.
 * Takes 12 bytes a row, and some 26 for each other call where equal ones are asked once.
 */
export class SharedRows {
  readonly #plan: MapPlan;
  /** The number of the row that is asked, plus 1, by what it asks; null where equal calls are not shared. */
  readonly #asked: KeyTable | null;
  /** A second hash of what each asked row asks: two texts that share the first one are not taken for equal. */
  readonly #checks = new PagedNumbers(Float64Array);
  readonly #offsets = new PagedNumbers(Float64Array);
  readonly #rows = new PagedNumbers(Uint32Array);
  #count = 0;
  #askedCount = 0;
  #skipped = 0;
  #equal = 0;

  constructor(plan: MapPlan, sharesCalls: boolean) {
    this.#plan = plan;
    this.#asked = sharesCalls ? new KeyTable() : null;
  }

  get count(): number {
    return this.#count;
  }

  /** Rows that are not asked because they lack a column. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Rows that get the answer of another one. */
  get equal(): number {
    return this.#equal;
  }

  /** Adds a row; true when it is asked. */
  add(row: JsonObject, entry: number, isSkipped: boolean, offset: number): boolean {
    const number = this.#count++;
    this.#offsets.set(number, offset);
    if (isSkipped) {
      this.#skipped++;
      this.#rows.set(number, SKIPPED);
      return false;
    }
    const equal = this.#asked === null ? null : this.#equalRow(this.#asked, row, entry);
    this.#rows.set(number, equal ?? this.#askedCount);
    if (equal !== null) this.#equal++;
    else this.#askedCount++;
    return equal === null;
  }

  /** Where a row stands in the run's input. */
  offsetOf(row: number): number {
    return this.#offsets.get(row);
  }

  /** The row that is asked for it; null: none. */
  askedFor(row: number): number | null {
    const asked = this.#rows.get(row);
    return asked === SKIPPED ? null : asked;
  }

  /** The row that asks the same; null, and noted, where none does. */
  #equalRow(asked: KeyTable, row: JsonObject, entry: number): number | null {
    const text = `${entry}\n${JSON.stringify(messagesOf(this.#plan, row))}`;
    const hash = textHash(text);
    const { first, second } = textHash(text, 1);
    const check = first * 2 ** 21 + (second >>> 11);
    const known = asked.get(hash);
    if (known !== 0) return this.#checks.get(known - 1) === check ? known - 1 : null;
    this.#checks.set(this.#askedCount, check);
    asked.set(hash, this.#askedCount + 1);
    return null;
  }
}
