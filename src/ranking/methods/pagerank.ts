import type { Games } from '../input/games.ts';
import type { ResolvedOptions } from '../options/options.ts';
import { iterateToFixedPoint } from './power-iteration.ts';
import type { RatingMethod } from './rating-method.ts';
import { rescoreGames } from './rescoring.ts';

/**
 * PageRank (Brin and Page 1998) of the graph in which each item links to those that beat it, in
 * proportion to the points it gave them: s = d Aᵀ s + (1 − d)/n, an item that never gave a point links
 * to all. Sums to 1.
 */
function pagerankScores(
  games: Games,
  options: Pick<ResolvedOptions, 'tieWeight' | 'damping' | 'tolerance' | 'iterationLimit'>,
) {
  const { items } = games;
  const given = new Float64Array(items);
  const points = (game: number) => {
    const tied = options.tieWeight * games.weight[3 * game + 2]!;
    return { first: games.weight[3 * game]! + tied, second: games.weight[3 * game + 1]! + tied };
  };
  for (let game = 0; game < games.count; game++) {
    const { first, second } = points(game);
    given[games.second[game]!]! += first;
    given[games.first[game]!]! += second;
  }
  const start = new Float64Array(items).fill(1 / items);
  return iterateToFixedPoint(start, options, (scores, next) => {
    let loose = 0;
    for (let item = 0; item < items; item++) if (given[item] === 0) loose += scores[item]!;
    next.fill((options.damping * loose + 1 - options.damping) / items);
    for (let game = 0; game < games.count; game++) {
      const { first, second } = points(game);
      const [one, other] = [games.first[game]!, games.second[game]!];
      if (first > 0) next[one]! += (options.damping * first * scores[other]!) / given[other]!;
      if (second > 0) next[other]! += (options.damping * second * scores[one]!) / given[one]!;
    }
    let sum = 0;
    for (const score of next) sum += score;
    for (let item = 0; item < items; item++) next[item]! /= sum;
  });
}

/** Rates an item by the share of time a random walk from losers to winners spends at it. */
export const method: RatingMethod = {
  name: 'pagerank',
  about: 'Share of time that a walk from losers to winners spends at the item; sums to 1.',
  ratings: null,
  likelihood: null,
  side: false,
  lossForBoth: false,
  iterationLimit: 100_000,
  rescoring: rescoreGames((games, options) => pagerankScores(games, options).scores),
  fit: ({ games }, options) => ({
    ...pagerankScores(games, options),
    likelihood: null,
    notes: [],
    problems: [],
  }),
};
