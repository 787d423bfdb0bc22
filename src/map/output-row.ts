import type { JsonObject } from '../core/json.ts';
import { type Member, withNew, withReplaced } from './members.ts';
import type { RowYield } from './row-yield.ts';

/** How the rows of the output are made of a row and what came of it. */
export interface RowMaking {
  /** The columns that the map makes, in order. */
  readonly made: readonly string[];
  /** True where a made column may be one of the row's. */
  readonly replaces: boolean;
  /** Leaves out a row that was answered with nothing. */
  readonly dropsEmpty: boolean;
  /** Names that the row may have besides: an object's key that is one of them is left out. */
  readonly taken: ReadonlySet<string>;
}

/** The rows of the output that come of a row of the input, as the texts of JSON objects: one of nulls where nothing did. */
export function outputRows(
  text: string,
  { rows, isEmpty }: Pick<RowYield, 'rows' | 'isEmpty'>,
  making: RowMaking,
): readonly string[] {
  if (rows.length > 0) return rows.map((object) => joined(text, object, making));
  return isEmpty && making.dropsEmpty ? [] : [joined(text, {}, making)];
}

function joined(text: string, object: JsonObject, { made, replaces, taken }: RowMaking): string {
  const members: Member[] = made.map((name) => ({ name, value: valueText(object, name) }));
  // What a schema allows besides its properties has columns, too.
  for (const name of Object.keys(object)) {
    if (made.includes(name) || (!replaces && taken.has(name))) continue;
    members.push({ name, value: valueText(object, name) });
  }
  return replaces ? withReplaced(text, members) : withNew(text, members);
}

function valueText(object: JsonObject, name: string): string {
  return Object.hasOwn(object, name) ? JSON.stringify(object[name] ?? null) : 'null';
}
