import type { JsonObject } from '../../core/json.ts';
import { leftOutMark } from './left-out.ts';

/** How often a row is cut at most before it is taken for one that is too long. */
export const MAX_CUTS = 4;

/** How much of what a model takes is used: characters per token are not the same everywhere in a text. */
const USED_SHARE = 0.95;

/** How long a prompt was, and what its server said of it. */
export interface TooLong {
  /** Characters of the prompt as it was sent, system message included. */
  readonly promptChars: number;
  /** Tokens that the model takes; null where its server did not say. */
  readonly limit: number | null;
  /** Tokens that the prompt has; null where its server did not say. */
  readonly used: number | null;
}

/** How many characters are left of columns that are cut, by their names. */
export type KeptChars = ReadonlyMap<string, number>;

/** The columns of a row that can be cut, with their texts: those that a template names and that hold texts. */
export function cuttableColumns(
  fields: readonly string[],
  row: JsonObject,
): ReadonlyMap<string, string> {
  return new Map(
    fields.flatMap((name) => {
      const value = Object.hasOwn(row, name) ? row[name] : undefined;
      return typeof value === 'string' ? [[name, value] as const] : [];
    }),
  );
}

/**
 * Says how much of which column is kept so that a prompt becomes short enough: by both numbers of the error, by the
 * characters that a token of this very row has, and 5 % less; else half of the longest column. The longest column is cut
 * first, the next one where that is not enough.
 *
 * @param columns the whole texts of the columns that may be cut
 * @param kept what was kept of them when the prompt was too long; empty at first
 * @returns undefined where nothing is left to cut
 */
export function cutColumns(
  columns: ReadonlyMap<string, string>,
  kept: KeptChars,
  { promptChars, limit, used }: TooLong,
): KeptChars | undefined {
  const now = new Map([...columns].map(([name, text]) => [name, kept.get(name) ?? text.length]));
  const first = longestOf(now);
  if (first === undefined) return undefined;
  const isSaid = limit !== null && used !== null && limit > 0 && used > limit;
  let surplus = isSaid
    ? Math.ceil(promptChars * (1 - (USED_SHARE * limit) / used))
    : Math.ceil(now.get(first)! / 2);
  for (let name = longestOf(now); surplus > 0 && name !== undefined; name = longestOf(now)) {
    const length = now.get(name)!;
    const whole = columns.get(name)!.length;
    // What says that something is left out takes some characters, too.
    const marked = surplus + (length === whole ? leftOutMark(whole).length : 0);
    now.set(name, Math.max(0, length - marked));
    surplus = marked - length;
  }
  return new Map([...now].filter(([name, length]) => length < columns.get(name)!.length));
}

/** The column with the most characters left; undefined where none has any. */
function longestOf(lengths: ReadonlyMap<string, number>): string | undefined {
  let longest: string | undefined;
  for (const [name, length] of lengths) {
    if (length > (longest === undefined ? 0 : lengths.get(longest)!)) longest = name;
  }
  return longest;
}
