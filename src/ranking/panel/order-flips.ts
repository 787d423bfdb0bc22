import { clusteredShare } from '../agreement/clustered-share.ts';
import { type ShareInterval, scoreBounds } from '../agreement/wilson.ts';
import { normalQuantile } from '../numerics/distributions.ts';
import type { PanelRanking } from './panel-rankings.ts';
import { signFlipTwoSided } from './sign-flip-test.ts';

/**
 * What judges made of two models whose answers they saw in both orders. A winner once and a tie the other
 * time is neither consistent nor reversed.
 */
export interface OrderFlips {
  /** Pairs of verdicts of one judge on one prompt and two models, one in each order. */
  readonly pairs: number;
  /** The same verdict both times. */
  readonly consistent: ShareInterval;
  /** The other one won: the one shown first both times, or the one shown second. */
  readonly reversed: ShareInterval;
  readonly firstTwice: ShareInterval;
  readonly secondTwice: ShareInterval;
  /** McNemar's exact test of `firstTwice` against `secondTwice`, prompts being what is independent; null without pairs. */
  readonly mcnemar: number | null;
}

interface PromptCounts {
  pairs: number;
  consistent: number;
  firstTwice: number;
  secondTwice: number;
}

/** Verdicts on two models: 1 where the lower number won, -1 the higher, 0 a tie; by which was shown first. */
interface BothOrders {
  readonly lowerFirst: number[];
  readonly higherFirst: number[];
}

/** More models than there can be: two numbers below it are one in a number. */
const MANY = 2 ** 26;

const LEVEL = 0.95;

/** Counts pairs that were shown in both orders; the n-th time in one order belongs to the n-th in the other. */
export function orderFlips(rankings: readonly PanelRanking[]): OrderFlips {
  const prompts: PromptCounts[] = [];
  const ofPrompts = Map.groupBy(rankings, ({ prompt }) => prompt);
  for (const own of ofPrompts.values()) {
    const counts = { pairs: 0, consistent: 0, firstTwice: 0, secondTwice: 0 };
    for (const judged of Map.groupBy(own, ({ judge }) => judge).values()) {
      if (judged.length > 1) countPairs(judged, counts);
    }
    if (counts.pairs > 0) prompts.push(counts);
  }
  const share = (count: (one: PromptCounts) => number) => shareOf(prompts, count);
  const pairs = prompts.reduce((sum, one) => sum + one.pairs, 0);
  return {
    pairs,
    consistent: share(({ consistent }) => consistent),
    reversed: share(({ firstTwice, secondTwice }) => firstTwice + secondTwice),
    firstTwice: share(({ firstTwice }) => firstTwice),
    secondTwice: share(({ secondTwice }) => secondTwice),
    mcnemar:
      pairs === 0
        ? null
        : signFlipTwoSided(prompts.map(({ firstTwice, secondTwice }) => firstTwice - secondTwice)),
  };
}

function countPairs(rankings: readonly PanelRanking[], counts: PromptCounts): void {
  const seen = new Map<number, BothOrders>();
  for (const { models, ranks } of rankings) {
    for (let second = 1; second < models.length; second++) {
      for (let first = 0; first < second; first++) {
        const [left, right] = [models[first]!, models[second]!];
        const key = Math.min(left, right) * MANY + Math.max(left, right);
        let orders = seen.get(key);
        if (orders === undefined) {
          orders = { lowerFirst: [], higherFirst: [] };
          seen.set(key, orders);
        }
        const won = Math.sign(ranks[second]! - ranks[first]!);
        if (left < right) orders.lowerFirst.push(won);
        else orders.higherFirst.push(-won);
      }
    }
  }
  for (const { lowerFirst, higherFirst } of seen.values()) {
    for (let at = 0; at < Math.min(lowerFirst.length, higherFirst.length); at++) {
      const [lower, higher] = [lowerFirst[at]!, higherFirst[at]!];
      counts.pairs += 1;
      if (lower === higher) counts.consistent += 1;
      else if (lower > 0 && higher < 0) counts.firstTwice += 1;
      else if (lower < 0 && higher > 0) counts.secondTwice += 1;
    }
  }
}

/** Wilson's interval of one pair a prompt; of several, that with as many as they are worth together. */
function shareOf(
  prompts: readonly PromptCounts[],
  count: (one: PromptCounts) => number,
): ShareInterval {
  const counts = prompts.map(count);
  const ofs = prompts.map(({ pairs }) => pairs);
  if (ofs.length === 0 || ofs.some((of) => of > 1)) return clusteredShare(counts, ofs, LEVEL);
  const total = counts.reduce((sum, one) => sum + one, 0);
  const share = total / ofs.length;
  const bounds = scoreBounds(share, ofs.length, normalQuantile((1 + LEVEL) / 2));
  return { count: total, of: ofs.length, share, ...bounds };
}
