import { connectivity } from '../input/connectivity.ts';
import type { Games } from '../input/games.ts';
import type { ResolvedOptions } from '../options/options.ts';
import { iterateToFixedPoint } from './power-iteration.ts';
import type { RatingMethod } from './rating-method.ts';
import { rescoreGames } from './rescoring.ts';

const ROUND_ITERATIONS = 1000;

/**
 * The leading eigenvector of M = wins + tie weight × ties (Kendall 1955): s_i ∝ Σ_j M_ij s_j, so that
 * beating strong items counts more. Norm 1. The iteration adds half the mean row sum to the diagonal,
 * which keeps the eigenvectors and stops it from swinging between two groups.
 */
function eigenvectorScores(
  games: Games,
  options: Pick<ResolvedOptions, 'tieWeight' | 'tolerance' | 'iterationLimit'>,
) {
  const { items } = games;
  let total = 0;
  for (let game = 0; game < games.count; game++) {
    const tied = options.tieWeight * games.weight[3 * game + 2]!;
    total += games.weight[3 * game]! + games.weight[3 * game + 1]! + 2 * tied;
  }
  const shift = total > 0 ? total / items / 2 : 1;
  const start = new Float64Array(items).fill(1 / Math.sqrt(items));
  return iterateToFixedPoint(start, options, (scores, next) => {
    for (let item = 0; item < items; item++) next[item] = shift * scores[item]!;
    for (let game = 0; game < games.count; game++) {
      const tied = options.tieWeight * games.weight[3 * game + 2]!;
      const [first, second] = [games.first[game]!, games.second[game]!];
      next[first]! += (games.weight[3 * game]! + tied) * scores[second]!;
      next[second]! += (games.weight[3 * game + 1]! + tied) * scores[first]!;
    }
    let squares = 0;
    for (const score of next) squares += score * score;
    const norm = Math.sqrt(squares);
    for (let item = 0; item < items; item++) next[item]! /= norm;
  });
}

/** Rates an item by the strength of those it beat. */
export const method: RatingMethod = {
  name: 'eigenvector',
  about:
    'Leading eigenvector of the matrix of points won: beating strong items counts more; norm 1.',
  ratings: null,
  likelihood: null,
  side: false,
  lossForBoth: false,
  iterationLimit: 100_000,
  rescoring: rescoreGames(
    (games, options) =>
      eigenvectorScores(games, { ...options, iterationLimit: ROUND_ITERATIONS }).scores,
  ),
  fit({ games }, options) {
    const { components } = connectivity(games, options.tieWeight > 0);
    const notes =
      components.length === 1
        ? []
        : [
            `The comparisons fall into ${components.length} groups; scores of items outside the leading group may be 0 and do not compare.`,
          ];
    return { ...eigenvectorScores(games, options), likelihood: null, notes, problems: [] };
  },
};
