import { parseExactJson } from '../core/exact-json.ts';
import type { JsonObject } from '../core/json.ts';
import { TuttiError } from '../core/tutti-error.ts';
import type { StoredType } from '../io/datasets/index.ts';
import type { Condition } from '../templates/index.ts';
import { type NamedColumn, namesNoColumn } from './column-problems.ts';
import { CountedRows } from './counted-rows.ts';
import { Explosion } from './explosion.ts';
import type { MapPlan } from './map-plan.ts';
import type { MapRow } from './map-rows.ts';
import { type RowMaking, rowMaker } from './output-row.ts';
import { type DedupeColumns, openDedupe, type RowDedupe } from './row-dedupe.ts';
import { yieldOf } from './row-yield.ts';
import { namesOf, TableColumns } from './table-columns.ts';

/** What becomes of rows behind the answers. */
export interface OutputShaping {
  /** The column whose lists become rows; null: none. */
  readonly explode: string | null;
  /** True: that column stays. */
  readonly keepsSource: boolean;
  /** True: an object's key may be a column already. */
  readonly overwrites: boolean;
  /** Rows of which it does not hold are dropped; null: none are. */
  readonly keep: Condition | null;
  /** By which columns repeated rows are found; null: they stay. */
  readonly dedupe: DedupeColumns | null;
}

/** From what the output is made. */
export interface OutputSources extends OutputShaping {
  readonly rows: AsyncIterable<MapRow>;
  /** Null where nothing is asked: the rows are the input's. */
  readonly plan: MapPlan | null;
  /** Of several steps: what makes its rows, one for each time that they are gone through. */
  readonly chain?: (() => Promise<ChainRows>) | undefined;
  readonly making: RowMaking;
  /** The columns of its rows before they are exploded, in order; null where only the rows tell. */
  readonly columns: readonly string[] | null;
  /** What the columns of the input are, where it says so; known once its rows have been gone through; default nothing. */
  readonly types?: ReadonlyMap<string, StoredType> | undefined;
  /** Columns that one of its rows must have, since flags name them; default none. */
  readonly named?: readonly NamedColumn[] | undefined;
}

/** Makes the rows of a chain's output, each of what its row was answered. */
export interface ChainRows {
  rowsOf(from: MapRow, counted: CountedRows): AsyncIterable<string>;
  close(): Promise<void>;
}

/** Rows of the output that come of a row, as the texts of JSON objects. */
export interface OutputEntry {
  readonly texts: readonly string[];
  readonly from: MapRow;
}

/** The rows of a map's output: made of the rows and their ends, then exploded, kept, and freed of repeats. */
export class OutputTable {
  readonly #sources: OutputSources;
  readonly #explosion: Explosion | null;
  #hasLooked = false;

  constructor(sources: OutputSources) {
    this.#sources = sources;
    const { explode, keepsSource, overwrites } = sources;
    this.#explosion = explode === null ? null : new Explosion(explode, { keepsSource, overwrites });
  }

  /** Goes through all rows once, and learns how they are exploded. @throws TuttiError `bad_input` where they cannot be */
  async look(): Promise<void> {
    if (this.#explosion === null || this.#hasLooked) return;
    for await (const { texts } of this.#made(new CountedRows())) {
      for (const text of texts) this.#explosion.look(text);
    }
    this.#explosion.endLook();
    this.#hasLooked = true;
  }

  /** What a column of the input is that is in the output as it came; null: there is none, or that is not known. */
  carriedType(name: string): StoredType | null {
    const { types, making } = this.#sources;
    const isMade = making.made.includes(name) || this.#explosion?.changes(name);
    return isMade ? null : (types?.get(name) ?? null);
  }

  /** The columns of all rows, in their order; where these are not known before, all rows are gone through. */
  async columns(): Promise<readonly string[]> {
    const { columns } = this.#sources;
    if (columns !== null && this.#explosion === null) return columns;
    await this.look();
    const found = new TableColumns();
    for (const name of columns?.filter((one) => one !== this.#sources.explode) ?? [])
      found.expect(name);
    for await (const { texts } of this.entries(new CountedRows())) {
      for (const text of texts) {
        const row = objectOf(text);
        found.add(row, TableColumns.isInOrder(row) ? undefined : namesOf(text));
      }
    }
    return found.names;
  }

  /**
   * The rows, several at once that come of one of the input; what became of them is counted.
   *
   * @throws TuttiError `bad_input` for a named column that no row has
   */
  async *entries(counted: CountedRows): AsyncGenerator<OutputEntry, void, void> {
    const { keep, dedupe, named = [] } = this.#sources;
    const explosion = this.#explosion;
    const seen = dedupe === null ? null : await openDedupe(dedupe);
    const choice = keep === null && seen === null ? null : new RowChoice(keep, seen, named);
    try {
      for await (const { texts, from } of this.#made(counted)) {
        const all = explosion === null ? texts : texts.flatMap((one) => explosion.rowsOf(one));
        const kept = choice === null ? all : await choice.keptOf(all);
        counted.dropped += all.length - kept.length;
        counted.out += kept.length;
        if (kept.length > 0) yield { texts: kept, from };
      }
      const wrong = choice === null ? named[0] : choice.unseen[0];
      if (wrong !== undefined) throw new TuttiError('bad_input', namesNoColumn(wrong));
    } finally {
      await seen?.close?.();
    }
  }

  async *#chained(chain: ChainRows, counted: CountedRows): AsyncGenerator<OutputEntry, void, void> {
    try {
      for await (const from of this.#sources.rows) {
        for await (const text of chain.rowsOf(from, counted)) yield { texts: [text], from };
      }
    } finally {
      await chain.close();
    }
  }

  async *#made(counted: CountedRows): AsyncGenerator<OutputEntry, void, void> {
    const { rows, plan, making, chain } = this.#sources;
    if (chain !== undefined) {
      yield* this.#chained(await chain(), counted);
      return;
    }
    const rowsOf = rowMaker(making);
    for await (const from of rows) {
      const { text, end, isSkipped } = from;
      if (plan === null) {
        counted.in++;
        yield { texts: [text], from };
        continue;
      }
      const came = yieldOf(end, plan);
      const own = isSkipped ? { ...came, state: 'skipped' as const } : came;
      counted.add(own);
      yield { texts: rowsOf(text, own), from };
    }
  }
}

/** Chooses the rows that stay. */
class RowChoice {
  readonly #keep: Condition | null;
  readonly #seen: RowDedupe | null;
  /** Columns that no row has had. */
  unseen: readonly NamedColumn[];

  constructor(keep: Condition | null, seen: RowDedupe | null, named: readonly NamedColumn[]) {
    this.#keep = keep;
    this.#seen = seen;
    this.unseen = named;
  }

  async keptOf(texts: readonly string[]): Promise<readonly string[]> {
    const kept: string[] = [];
    for (const text of texts) {
      const row = objectOf(text);
      if (this.unseen.length > 0) {
        this.unseen = this.unseen.filter(({ column }) => !Object.hasOwn(row, column));
      }
      if (this.#keep?.holds(row) === false) continue;
      if (this.#seen === null || (await this.#seen.isNew(row))) kept.push(text);
    }
    return kept;
  }
}

function objectOf(text: string): JsonObject {
  return parseExactJson(text) as JsonObject;
}
