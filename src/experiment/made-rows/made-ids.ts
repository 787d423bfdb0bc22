import type { JsonObject } from '../../core/json.ts';
import { IdIndex } from '../row/id-index.ts';
import { modelOfRow } from '../row/model-name.ts';
import type { SourceRow } from './read-source.ts';

/** The ids of the rows of a source, told apart where one stands for several models. */
export class SourceIds {
  readonly #ids = new IdIndex();
  readonly #pairs = new IdIndex();
  readonly #ofSeveral = new IdIndex();

  /** Notes a row; all of them are noted before any is named. */
  note({ row, number }: SourceRow): void {
    const id = ownId(row);
    if (id === null) return;
    const model = modelOfRow(row) ?? '';
    const isNew = this.#pairs.add(JSON.stringify([id, model]), number) === undefined;
    const isRepeated = this.#ids.add(id, number) !== undefined;
    if (isNew && isRepeated) this.#ofSeveral.add(id, number);
  }

  /** What a row is called in the ids of those that are made of it: its id, or `NA-` and its number. */
  nameOf({ row, number }: SourceRow): string {
    const id = ownId(row);
    if (id === null) return `NA-${number}`;
    const model = modelOfRow(row);
    const isOfSeveral = model !== null && this.#ofSeveral.lineOf(id) !== undefined;
    return isOfSeveral ? `${id}-${model}` : id;
  }
}

/** Ids of which each is given once: one that was given before gets the row's number behind it. */
export class MadeIds {
  readonly #given = new IdIndex();

  /** @param number of the row that it is made of, counted from 1 */
  claim(id: string, number: number): string {
    let candidate = id;
    for (let again = 1; this.#given.add(candidate, 1) !== undefined; again++) {
      candidate = again === 1 ? `${id}-${number}` : `${id}-${number}-${again}`;
    }
    return candidate;
  }
}

/** The id of a row as text; null if it has none. */
export function ownId({ id }: JsonObject): string | null {
  if (id === undefined || id === null) return null;
  return typeof id === 'string' ? id : JSON.stringify(id);
}
