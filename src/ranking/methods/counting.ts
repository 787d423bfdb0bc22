import type { Games } from '../input/games.ts';
import { directFit, type RatingMethod } from './rating-method.ts';
import { rescoreGames } from './rescoring.ts';

/** Wins plus tie weight times ties, of each item. */
function countingScores(games: Games, tieWeight: number): Float64Array {
  const scores = new Float64Array(games.items);
  for (let game = 0; game < games.count; game++) {
    const tied = tieWeight * games.weight[3 * game + 2]!;
    scores[games.first[game]!]! += games.weight[3 * game]! + tied;
    scores[games.second[game]!]! += games.weight[3 * game + 1]! + tied;
  }
  return scores;
}

/** Counts wins; the more comparisons an item has, the higher it can get. */
export const method: RatingMethod = {
  name: 'counting',
  about: 'Number of wins, ties counting a part; depends on how often an item was compared.',
  ratings: null,
  likelihood: null,
  side: false,
  lossForBoth: true,
  iterationLimit: 100,
  rescoring: rescoreGames((games, { tieWeight }) => countingScores(games, tieWeight)),
  fit: (data, { tieWeight }) => directFit(countingScores(data.games, tieWeight)),
};
