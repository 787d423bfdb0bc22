import { type Ranking, winProbabilities } from '../../ranking/index.ts';

/** What a method expects when two items meet. */
export interface ExpectedScore {
  readonly item: string;
  readonly other: string;
  /** Probability of a win plus half of that of a tie. */
  readonly expectedScore: number;
}

/** Beyond so many items the table of all pairs is not worth its time. */
const MAX_ITEMS = 500;

/**
 * The expected scores of each item of an order against the next one: the one scale that all methods
 * with ratings share. Undefined for methods without, and for very many items.
 */
export function neighbourScores(
  ranking: Ranking,
  order: readonly string[],
): readonly ExpectedScore[] | undefined {
  if (ranking.items.length > MAX_ITEMS) return undefined;
  if (ranking.items.some(({ rating }) => rating === null)) return undefined;
  const matrix = winProbabilities(ranking);
  const place = new Map(ranking.items.map(({ item }, at) => [item, at]));
  return order.slice(0, -1).flatMap((item, at) => {
    const other = order[at + 1]!;
    const found = matrix[place.get(item) ?? -1]?.[place.get(other) ?? -1];
    return found ? [{ item, other, expectedScore: found.expectedScore }] : [];
  });
}
