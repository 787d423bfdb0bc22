import type { Games } from '../input/games.ts';
import { directFit, type RatingMethod } from './rating-method.ts';
import { rescoreGames } from './rescoring.ts';

/**
 * Mean over the opponents j of M_ij / (M_ij + M_ji), M = wins + tie weight × ties. Opponents without
 * any point between the two are left out; 0 for an item without opponents.
 */
function averageWinRates(games: Games, tieWeight: number): Float64Array {
  const sums = new Float64Array(games.items);
  const opponents = new Float64Array(games.items);
  for (let game = 0; game < games.count; game++) {
    const tied = tieWeight * games.weight[3 * game + 2]!;
    const won = games.weight[3 * game]! + tied;
    const lost = games.weight[3 * game + 1]! + tied;
    if (!(won + lost > 0)) continue;
    const [first, second] = [games.first[game]!, games.second[game]!];
    sums[first]! += won / (won + lost);
    sums[second]! += lost / (won + lost);
    opponents[first]!++;
    opponents[second]!++;
  }
  return sums.map((sum, item) => (opponents[item] === 0 ? 0 : sum / opponents[item]!));
}

/** Averages the win rates against each opponent, however often each was met. */
export const method: RatingMethod = {
  name: 'average-win-rate',
  about: 'Mean over the opponents met of the share of points won against each, 0 to 1.',
  ratings: null,
  likelihood: null,
  side: false,
  lossForBoth: true,
  iterationLimit: 100,
  rescoring: rescoreGames((games, { tieWeight }) => averageWinRates(games, tieWeight)),
  fit: (data, { tieWeight }) => directFit(averageWinRates(data.games, tieWeight)),
};
