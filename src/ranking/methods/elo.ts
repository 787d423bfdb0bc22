import { seededRandom } from '../../core/seeded-random.ts';
import { shuffle } from '../../core/shuffle.ts';
import type { ResolvedOptions } from '../options/options.ts';
import { type ComparisonTable, VERDICT_CODES } from '../table/comparison-table.ts';
import { directFit, type RatingMethod } from './rating-method.ts';

const SCALE = Math.LN10 / 400;

/** What the online rating needs to know. */
export type EloOptions = Pick<ResolvedOptions, 'eloK' | 'eloStart' | 'tieWeight'>;

/**
 * Elo's online rating: after each row s += k · weight · (scored − expected), expected =
 * 1 / (1 + 10^((s_other − s) / 400)). The weight multiplies the whole step, so a row of weight 0
 * changes nothing.
 *
 * @param order row numbers in the order in which they are played; default the order of the table.
 * @param times how often each row is played in a row; default once.
 */
function eloRatings(
  table: ComparisonTable,
  options: EloOptions,
  order?: Uint32Array,
  times?: Float64Array,
): Float64Array {
  const ratings = new Float64Array(table.items.length).fill(options.eloStart);
  const points = pointsByVerdict(options.tieWeight);
  for (let at = 0; at < table.rows; at++) {
    const row = order === undefined ? at : order[at]!;
    const left = table.left[row]!;
    const right = table.right[row]!;
    const verdict = table.verdict[row]!;
    const step = options.eloK * (table.weight === null ? 1 : table.weight[row]!);
    const played = times === undefined ? 1 : times[row]!;
    for (let game = 0; game < played; game++) {
      const expected = 1 / (1 + Math.exp(SCALE * (ratings[right]! - ratings[left]!)));
      ratings[left]! += step * (points[2 * verdict]! - expected);
      ratings[right]! += step * (points[2 * verdict + 1]! - (1 - expected));
    }
  }
  return ratings;
}

function pointsByVerdict(tieWeight: number): Float64Array {
  const points = new Float64Array(8);
  points[2 * VERDICT_CODES.left] = 1;
  points[2 * VERDICT_CODES.right + 1] = 1;
  points.fill(tieWeight, 2 * VERDICT_CODES.tie, 2 * VERDICT_CODES.tie + 2);
  return points;
}

/** Mean and standard deviation of the ratings over seeded random orders of the rows. */
function shuffledElo(
  table: ComparisonTable,
  options: EloOptions,
  shuffles: number,
  seed: number,
): { mean: Float64Array; sd: Float64Array } {
  const items = table.items.length;
  const mean = new Float64Array(items);
  const squares = new Float64Array(items);
  const order = Uint32Array.from({ length: table.rows }, (_, row) => row);
  const random = seededRandom(seed, 0x0e10);
  for (let round = 1; round <= shuffles; round++) {
    shuffle(order, random);
    eloRatings(table, options, order).forEach((rating, item) => {
      const difference = rating - mean[item]!;
      mean[item]! += difference / round;
      squares[item]! += difference * (rating - mean[item]!);
    });
  }
  return { mean, sd: squares.map((sum) => Math.sqrt(sum / Math.max(1, shuffles - 1))) };
}

/** Rates online in the order of the comparisons; also over random orders, since the order matters. */
export const method: RatingMethod = {
  name: 'elo',
  about: 'Online rating in the order of the comparisons; recent ones count more.',
  ratings: 'points',
  likelihood: null,
  side: false,
  lossForBoth: true,
  iterationLimit: 100,
  rescoring: {
    reads: 'rows',
    judges: false,
    rescorer:
      ({ table, options }) =>
      (times) => ({ values: eloRatings(table, options, undefined, times), degenerate: false }),
  },
  fit({ table }, options) {
    const fit = directFit(eloRatings(table, options));
    if (options.shuffles === 0) return fit;
    return { ...fit, shuffled: shuffledElo(table, options, options.shuffles, options.seed) };
  },
};
