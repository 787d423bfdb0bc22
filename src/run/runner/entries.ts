import type { RowTable } from '../../store/index.ts';
import type { Lanes } from '../rows/lanes.ts';
import { Entry, type EntrySetup, openRowBound } from './entry.ts';
import { EntryRows } from './entry-rows.ts';

/** What entries are made of. */
export interface EntriesOptions {
  /** It must know what earlier processes have done. */
  readonly table: RowTable;
  readonly setups: readonly EntrySetup[];
  readonly lanes: Lanes;
  /** Most open rows of an entry; undefined: by the places of all lanes. */
  readonly openRows: number | undefined;
  /** Tells the rows that may begin; undefined: all. */
  readonly isMeant?: ((row: number) => boolean) | undefined;
  /** True once no row begins any more. */
  readonly isDraining: () => boolean;
  /** True while no row may begin, for the moment or for good. */
  readonly isHeldUp: () => boolean;
  /** Told of a lane that nobody will ask any more. */
  readonly onLaneOver: (lane: number) => void;
  /** Told when no row can begin or go on any more. */
  readonly onOver: () => void;
}

/** Says which rows may begin, from where, and when it is over for an entry and for a lane. */
export class Entries {
  readonly #options: EntriesOptions;
  readonly #rows: EntryRows;
  readonly #entries: readonly Entry[];
  /** A model that is named twice has two entries and one lane. */
  readonly #ofLane = new Map<number, Entry[]>();
  /** Entries that are not over, by lane that their rows are known to ask; and those that may ask any. */
  readonly #askers = new Map<number, number>();
  #anyAskers = 0;
  #alive = 0;
  #bound = 0;
  #boundLanes = -1;

  constructor(options: EntriesOptions) {
    this.#options = options;
    this.#rows = new EntryRows(options.table, options.setups.length, options.isMeant);
    this.#entries = options.setups.map((setup, number) => this.#enter(new Entry(number, setup)));
    this.#alive = this.#entries.length;
  }

  [Symbol.iterator](): Iterator<Entry> {
    return this.#entries[Symbol.iterator]();
  }

  get(number: number): Entry {
    return this.#entries[number]!;
  }

  /** The entries that begin their rows from a lane; none or one, as a rule. */
  ofLane(lane: number): readonly Entry[] {
    return this.#ofLane.get(lane) ?? [];
  }

  /** True while an entry may begin one more row. */
  mayBegin(entry: Entry): boolean {
    return this.#goesOn(entry) && !this.#options.isHeldUp() && entry.open < this.#openBound();
  }

  /** The next row of an entry; undefined when it has no more. */
  nextRow(entry: Entry): number | undefined {
    return this.#rows.next(entry.number);
  }

  /** True while a row that begins or goes on may ask a lane. */
  mayStillAsk(lane: number): boolean {
    return this.#anyAskers > 0 || (this.#askers.get(lane) ?? 0) > 0;
  }

  /** Looks whether it is over for an entry. */
  review(entry: Entry): void {
    if (entry.isOver || entry.open > entry.stuck) return;
    // One that is full of rows that cannot go on begins no more of them in vain.
    if (this.#goesOn(entry) && entry.open < this.#openBound()) return;
    entry.isOver = true;
    this.#alive--;
    if (entry.mayAskAny) this.#anyAskers--;
    const asked = this.#lanesOf(entry);
    for (const lane of asked) this.#askers.set(lane, (this.#askers.get(lane) ?? 0) - 1);
    const all = () => Array.from({ length: this.#options.lanes.count }, (_, lane) => lane);
    for (const lane of entry.mayAskAny ? all() : asked) {
      if (!this.mayStillAsk(lane)) this.#options.onLaneOver(lane);
    }
    if (this.#alive === 0) this.#options.onOver();
  }

  #goesOn(entry: Entry): boolean {
    if (this.#options.isDraining() || this.#rows.isExhausted(entry.number)) return false;
    // Without its lane an entry still goes through what was saved: a row may have all its answers.
    return !entry.isClosed || this.#rows.nextHasBegun(entry.number);
  }

  #openBound(): number {
    const { lanes, openRows } = this.#options;
    if (lanes.count !== this.#boundLanes) {
      this.#boundLanes = lanes.count;
      this.#bound = openRowBound(lanes.setups, openRows);
    }
    return this.#bound;
  }

  #enter(entry: Entry): Entry {
    if (entry.mayAskAny) this.#anyAskers++;
    for (const lane of this.#lanesOf(entry)) {
      this.#askers.set(lane, (this.#askers.get(lane) ?? 0) + 1);
      if (!entry.hasOwnLane) continue;
      entry.lane = lane;
      this.#ofLane.set(lane, [...this.ofLane(lane), entry]);
    }
    return entry;
  }

  #lanesOf({ models, setup }: Entry): number[] {
    return models.map((model) => this.#options.lanes.numberOf(model, setup.group));
  }
}
