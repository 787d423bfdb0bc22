import { TuttiError } from '../../core/tutti-error.ts';
import { pairEvidence } from '../claims/pair-evidence.ts';
import { bradleyTerryOutcome } from '../likelihood/bradley-terry-outcome.ts';
import { outcomePoint } from '../likelihood/outcome-model.ts';
import { METHODS } from '../methods/methods.generated.ts';
import { RATING_SCALE } from '../rating/rank-items.ts';
import type { Ranking } from '../rating/ranking.ts';

/** What is expected when `item` meets `other`. */
export interface WinProbability {
  readonly item: string;
  readonly other: string;
  readonly win: number;
  readonly tie: number;
  /** Win plus half a tie: the same scale for all methods. */
  readonly expectedScore: number;
  /** Bounds of the expected score of this pair alone at the ranking's level, the tie parameter held fixed; null without intervals. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * p(item beats other) for all ordered pairs, from the fitted model: s_i / (s_i + s_j) for Bradley-Terry,
 * with ties for the models that have them, Elo's curve for `elo`. Items in the order of the ranking; the
 * bounds are those of the difference of log strengths, carried through the model.
 *
 * @returns square, row `item`, column `other`; null on the diagonal.
 * @throws TuttiError `bad_usage` for methods whose scores are no strengths.
 * @example
 * const ranking = rank([
 *   { left: 'a', right: 'b', verdict: 'left' },
 *   { left: 'b', right: 'a', verdict: 'left' },
 * ]);
 * winProbabilities(ranking)[0]?.[1]?.win; // 0.5
 */
export function winProbabilities(ranking: Ranking): (WinProbability | null)[][] {
  const { items, method } = ranking;
  if (items.some(({ rating }) => rating === null)) {
    throw new TuttiError('bad_usage', `The method ${method} gives no probabilities of winning.`, {
      hint: 'Use a method of the Bradley-Terry family, or elo.',
    });
  }
  const expect = expectation(ranking);
  const halfWidth = halfWidths(ranking);
  return items.map((one, row) =>
    items.map((other, column) => {
      if (row === column) return null;
      const d = (one.rating! - other.rating!) / RATING_SCALE;
      const width = halfWidth === null ? null : halfWidth(row, column);
      return {
        item: one.item,
        other: other.item,
        ...expect(d),
        low: width === null ? null : expect(d - width).expectedScore,
        high: width === null ? null : expect(d + width).expectedScore,
      };
    }),
  );
}

function expectation({ fit, method, options }: Ranking) {
  const { ties: tied } = METHODS[method];
  const withTies = fit.ties !== null && tied !== undefined && fit.ties.value > tied.none;
  const model = withTies ? tied.outcome : bradleyTerryOutcome(options.tieWeight);
  const tau = withTies ? Math.log(fit.ties.value / tied.scale) : 0;
  const point = outcomePoint();
  return (d: number) => {
    model.evaluate(d, tau, point);
    const win = Math.exp(point.logProbability[0]!);
    const tie = withTies ? Math.exp(point.logProbability[2]!) : 0;
    return { win, tie, expectedScore: win + tie / 2 };
  };
}

/** Log odds that are as good as infinite, for pairs that never met. */
const WIDEST = 600;

/** Half the interval of a difference in log odds, by the widest of all errors. */
function halfWidths({
  estimate,
  items,
  method,
  options,
}: Ranking): ((row: number, column: number) => number) | null {
  if (estimate === null) return null;
  const unit = METHODS[method].ratings === 'points' ? 1 / RATING_SCALE : 1;
  const evidence = pairEvidence(estimate, (1 - options.level) / 2);
  const position = new Map(estimate.items.map((item, at) => [item, at]));
  const at = items.map(({ item }) => position.get(item)!);
  return (row, column) => Math.min(WIDEST, unit * evidence.widest(at[row]!, at[column]!).halfWidth);
}
