import { addPair, eachRatingPair, type JudgePairTable } from './judge-pair-tables.ts';
import type { Ratings } from './ratings.ts';
import type { UnitBlocks } from './unit-blocks.ts';

/** Above this many pairs of ratings in the tables the means without each block are not computed. */
const MAX_RATING_PAIRS = 5_000_000;

/**
 * Means over the tables of judge pairs of one or more coefficients, without the units of each block in
 * turn: only the tables that the block touches are computed anew.
 *
 * @param coefficient of a table of counts; null where it is undefined, which leaves the pair out.
 * @returns for each kind a value for each block (NaN without any pair); null for too many pairs of ratings.
 */
export function meansWithoutBlocks<Kind>(
  ratings: Ratings,
  tables: readonly JudgePairTable[],
  blocks: UnitBlocks,
  kinds: readonly Kind[],
  coefficient: (counts: Float64Array, size: number, kind: Kind) => number | null,
): Float64Array[] | null {
  const ratingPairs = tables.reduce((sum, { units }) => sum + units, 0);
  if (ratingPairs > MAX_RATING_PAIRS) return null;
  const size = ratings.values.length;
  const byKey = new Map(tables.map((table) => [table.key, table]));
  const whole = kinds.map((kind) => {
    const values = new Map(tables.map(({ key, counts }) => [key, coefficient(counts, size, kind)]));
    const known = [...values.values()].filter((value) => value !== null);
    return { kind, values, sum: known.reduce((sum, value) => sum + value, 0), count: known.length };
  });
  const means = kinds.map(() => new Float64Array(blocks.count).fill(Number.NaN));
  for (let block = 0; block < blocks.count; block++) {
    const touched = tablesOfBlock(ratings, blocks, block, byKey);
    if (touched.size === 0) continue;
    for (const [k, { kind, values, sum, count }] of whole.entries()) {
      let [left, pairs] = [sum, count];
      for (const [key, part] of touched) {
        const before = values.get(key) ?? null;
        const rest = byKey.get(key)!.counts.map((cell, at) => cell - part[at]!);
        const after = rest.some((cell) => cell > 0) ? coefficient(rest, size, kind) : null;
        left += (after ?? 0) - (before ?? 0);
        pairs += (after === null ? 0 : 1) - (before === null ? 0 : 1);
      }
      means[k]![block] = pairs === 0 ? Number.NaN : left / pairs;
    }
  }
  return means;
}

function tablesOfBlock(
  ratings: Ratings,
  blocks: UnitBlocks,
  block: number,
  known: ReadonlyMap<number, JudgePairTable>,
): Map<number, Float64Array> {
  const touched = new Map<number, Float64Array>();
  for (let k = blocks.start[block]!; k < blocks.start[block + 1]!; k++) {
    eachRatingPair(ratings, blocks.order[k]!, null, (key, a, b) => {
      if (!known.has(key)) return;
      let table = touched.get(key);
      if (!table) {
        table = new Float64Array(ratings.values.length ** 2);
        touched.set(key, table);
      }
      addPair(table, ratings, a, b);
    });
  }
  return touched;
}
