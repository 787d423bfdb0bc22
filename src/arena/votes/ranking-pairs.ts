import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { VERDICT_CODES } from '../../ranking/index.ts';
import { shownValue } from './invalid-values.ts';
import { itemName } from './item-name.ts';
import {
  addRow,
  type JsonContext,
  nameOf,
  type RowExtras,
  rowExtras,
  type TakeJson,
} from './json-row.ts';
import { isWithoutRanking } from './verdict-line.ts';
import { RANKING_COLUMN } from './verdict-rows.ts';

/**
 * Reads ordered lists, best first, one a line: `["b", "a", ["c", "d"]]`, where an inner list holds
 * tied items, or an object with that list under `ranking`. Each pair of items becomes a row. With
 * `shown` (the names in the order shown) the left item is the one shown earlier; without it the one
 * whose name comes first, which says nothing about sides. Lines of `prefer` are such objects; what
 * says itself that it holds no ranking is counted.
 */
export function rankingRows(context: JsonContext): TakeJson {
  return (value, line) => {
    const row: JsonObject = isJsonObject(value) ? value : {};
    if (isWithoutRanking(row)) {
      context.collector.withoutRanking += 1;
      return null;
    }
    const nameIn = (entry: JsonValue | undefined) => {
      const name = nameOf(entry);
      return name === null ? null : itemName(name, context.collector.rename);
    };
    const ranks = ranksOf(isJsonObject(value) ? row.ranking : value, nameIn);
    if (typeof ranks === 'string') return ranks;
    const extras = rowExtras({ ...row, ranking: null }, context.options);
    if (typeof extras === 'string') return extras;
    const shown = Array.isArray(row.shown) ? row.shown.map((one) => nameIn(one) ?? '') : null;
    if (shown && [...ranks.keys()].some((name) => !shown.includes(name))) {
      return 'shown does not hold every ranked name';
    }
    const groups = [...extras.groups, ...answersOf(row, extras)];
    addRankingPairs(context, ranks, `${context.file}:${line}`, { ...extras, groups }, shown);
    return null;
  };
}

/** The answers of another round are others, so that judges of the two do not judge the same. */
function answersOf({ round }: JsonObject, { groups }: RowExtras): [string, string][] {
  const prompt = groups.find(([column]) => column === 'prompt')?.[1];
  return typeof round === 'number' && prompt !== undefined
    ? [['answers', `${prompt}\0${round}`]]
    : [];
}

/**
 * Adds a row for each pair of a ranking.
 *
 * @param ranks rank of each item, 1 = best; equal ranks are a tie.
 * @param id name of the ranking among all.
 * @param shown names in the order shown, or null if unknown.
 */
export function addRankingPairs(
  context: JsonContext,
  ranks: ReadonlyMap<string, number>,
  id: string,
  extras: RowExtras,
  shown: readonly string[] | null,
): void {
  const order = shown ?? [...ranks.keys()].sort();
  const names = order.filter((name) => ranks.has(name));
  const groups = [...extras.groups, [RANKING_COLUMN, id] as const];
  for (const [place, right] of names.entries()) {
    for (const left of names.slice(0, place)) {
      const difference = ranks.get(left)! - ranks.get(right)!;
      const decided = difference < 0 ? VERDICT_CODES.left : VERDICT_CODES.right;
      const verdict = difference === 0 ? VERDICT_CODES.tie : decided;
      addRow(context.collector, left, right, verdict, { ...extras, groups });
      if (shown === null) context.collector.rowsWithoutSides += 1;
    }
  }
}

function ranksOf(
  list: JsonValue | undefined,
  nameIn: (entry: JsonValue) => string | null,
): Map<string, number> | string {
  if (!Array.isArray(list)) return `ranking is ${shownValue(list)}, not a list`;
  const ranks = new Map<string, number>();
  for (const [place, entry] of list.entries()) {
    const tied: readonly JsonValue[] = Array.isArray(entry) ? entry : [entry];
    for (const value of tied) {
      const name = nameIn(value);
      if (name === null) return `the ranking holds ${shownValue(value)}, not a name`;
      if (ranks.has(name)) return `the ranking holds ${shownValue(name)} twice`;
      ranks.set(name, place + 1);
    }
  }
  return ranks.size < 2 ? 'the ranking holds fewer than two names' : ranks;
}
