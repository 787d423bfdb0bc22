import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { RankRange } from '../claims/rank-ranges.ts';
import type { Bounds } from '../intervals/bootstrap-intervals.ts';
import { METHODS } from '../methods/methods.generated.ts';
import type { PreparedRanking } from './prepare-ranking.ts';
import type { RankedItem } from './ranking.ts';
import { bestFirst, ranks } from './ranks.ts';

/** Points of rating for one unit of log odds: 400 / ln 10. */
export const RATING_SCALE = 400 / Math.LN10;
/** Rating of the mean item. */
const MEAN_RATING = 1000;

/** Puts scores, ratings, bounds and ranks together, best item first. */
export function rankItems(
  prepared: PreparedRanking,
  bounds: Bounds | null,
  ranges: readonly RankRange[] | null,
): RankedItem[] {
  const { data, fit } = prepared;
  const { items } = data.table;
  const rating = ratingOf(prepared);
  const rank = ranks(fit.scores);
  return bestFirst(fit.scores).map((at) => ({
    item: items[at]!,
    score: fit.scores[at]!,
    rating: rating.of(at),
    low: bounds === null ? null : rating.bound(bounds.low[at]!),
    high: bounds === null ? null : rating.bound(bounds.high[at]!),
    rank: rank[at]!,
    rankLow: ranges === null ? null : ranges[at]!.rankLow,
    rankHigh: ranges === null ? null : ranges[at]!.rankHigh,
    rankOverlap: bounds === null ? null : overlapRank(bounds, at),
    comparisons: data.tallies.comparisons[at]!,
    wins: data.tallies.wins[at]!,
    losses: data.tallies.losses[at]!,
    ties: data.tallies.ties[at]!,
    ...(fit.shuffled === undefined
      ? {}
      : {
          shuffledMean: rating.bound(fit.shuffled.mean[at]!),
          shuffledSd: fit.shuffled.sd[at]!,
        }),
  }));
}

interface RatingScale {
  /** Rating of an item; null where the method has none. */
  of(item: number): number | null;
  /** A bound in the unit of what is shown: rating, or score. */
  bound(value: number): number;
}

function ratingOf(prepared: PreparedRanking): RatingScale {
  const { fit, options } = prepared;
  const { logStrengths } = fit;
  if (logStrengths !== undefined) {
    const shift = anchorShift(prepared, (item) => MEAN_RATING + RATING_SCALE * logStrengths[item]!);
    const bound = (value: number) => MEAN_RATING + RATING_SCALE * value + shift;
    return { of: (item) => bound(logStrengths[item]!), bound };
  }
  if (METHODS[options.method].ratings === 'points') {
    const shift = anchorShift(prepared, (item) => fit.scores[item]!);
    return { of: (item) => fit.scores[item]! + shift, bound: (value) => value + shift };
  }
  return { of: () => null, bound: (value) => value };
}

function anchorShift({ data, options }: PreparedRanking, rating: (item: number) => number): number {
  if (options.anchor === null) return 0;
  const { item, rating: wanted } = options.anchor;
  const at = data.table.items.indexOf(item);
  if (at >= 0) return wanted - rating(at);
  const nearest = nearestName(item, data.table.items);
  throw new TuttiError('bad_usage', `The anchor "${item}" is not among the items.`, {
    hint: nearest === undefined ? undefined : `Did you mean ${nearest}?`,
  });
}

function overlapRank(bounds: Bounds, item: number): number {
  let above = 0;
  for (const low of bounds.low) if (low > bounds.high[item]!) above++;
  return 1 + above;
}
