import { rowGamesOf } from '../family/fit-family.ts';
import { Refitter } from '../family/refit.ts';
import { verdictSlopes } from '../intervals/sandwich.ts';
import type { PreparedRanking } from '../prepare-ranking.ts';
import { bestFirst } from '../ranks.ts';
import { familyOf } from './family-ranking.ts';

/** How few verdicts the first place hangs on. */
export interface Fragility {
  readonly first: string;
  /** Who takes the first place when the verdicts are removed; null when none was found. */
  readonly successor: string | null;
  /** Fewest removed verdicts that a refit confirms to change the first place; null when none was found. */
  readonly verdicts: number | null;
  /** As a share of all comparisons. */
  readonly share: number | null;
  /** What the influences alone predicted. */
  readonly predicted: number | null;
  /** Which verdicts they are, most of them first. */
  readonly removed: readonly {
    readonly winner: string | null;
    readonly items: readonly [string, string];
    readonly verdicts: number;
  }[];
}

/** Verdicts of one game and outcome (and weight) have the same influence. */
interface Removable {
  readonly cell: number;
  readonly weight: number;
  readonly count: number;
  readonly influence: number;
}

const CHALLENGERS = 10;

/**
 * The fewest verdicts whose removal changes the first place (Huang et al. 2025): for each of the next ten
 * items, verdicts are taken away in the order of their influence on its distance to the first, u = H⁻¹
 * gradient, until the distance is gone; the smallest number is then confirmed by refits. An upper bound:
 * another set could be smaller still.
 */
export function fragility(prepared: PreparedRanking): Fragility {
  const { data, fit } = prepared;
  const items = data.table.items;
  const [first, ...others] = bestFirst(fit.scores);
  const plans = others
    .slice(0, CHALLENGERS)
    .map((challenger) => removalPlan(prepared, first!, challenger))
    .filter((plan) => plan !== null)
    .sort((a, b) => a.predicted - b.predicted);
  const none = { first: items[first!]!, successor: null, verdicts: null, share: null };
  const best = plans[0];
  if (best === undefined) return { ...none, predicted: null, removed: [] };
  const found = confirm(prepared, best.order, best.predicted, first!);
  if (found === null) return { ...none, predicted: best.predicted, removed: [] };
  return {
    first: items[first!]!,
    successor: items[found.successor]!,
    verdicts: found.verdicts,
    share: found.verdicts / data.table.rows,
    predicted: best.predicted,
    removed: describe(prepared, best.order, found.verdicts),
  };
}

function removalPlan(prepared: PreparedRanking, first: number, challenger: number) {
  const { objective, maximum, inverse } = familyOf(prepared);
  const distance = maximum.parameters[first]! - maximum.parameters[challenger]!;
  const order = removables(prepared, first, challenger, inverse, objective.games.count)
    .filter((one) => one.influence > 0)
    .sort((a, b) => b.influence - a.influence);
  let left = distance;
  let predicted = 0;
  for (const { influence, count } of order) {
    const needed = Math.ceil(left / influence);
    if (needed <= count) return { order, predicted: Math.max(1, predicted + needed) };
    left -= influence * count;
    predicted += count;
  }
  return null;
}

function removables(
  prepared: PreparedRanking,
  first: number,
  challenger: number,
  inverse: Float64Array,
  gameCount: number,
): Removable[] {
  const family = familyOf(prepared);
  const { games } = family.objective;
  const slopes = verdictSlopes(family.objective, family.maximum.parameters);
  const size = Math.sqrt(inverse.length);
  const pull = (parameter: number) =>
    inverse[parameter * size + first]! - inverse[parameter * size + challenger]!;
  const tied = games.items + games.covariateCount < size;
  const influence = new Float64Array(3 * gameCount);
  for (let game = 0; game < gameCount; game++) {
    let d = pull(games.first[game]!) - pull(games.second[game]!);
    for (let c = 0; c < games.covariateCount; c++) {
      d += pull(games.items + c) * games.covariates[game * games.covariateCount + c]!;
    }
    for (let cell = 3 * game; cell < 3 * game + 3; cell++) {
      if (games.weight[cell] === 0) continue;
      influence[cell] = slopes.d[cell]! * d + (tied ? slopes.t[cell]! * pull(size - 1) : 0);
    }
  }
  const { weight, rows } = prepared.data.table;
  if (weight === null) {
    return Array.from(influence, (one, cell) => ({
      cell,
      weight: 1,
      count: games.weight[cell]!,
      influence: one,
    }));
  }
  const rowGames = rowGamesOf(family, prepared.data.table);
  return Array.from({ length: rows }, (_, row) => {
    const cell = 3 * rowGames.game[row]! + rowGames.outcome[row]!;
    return { cell, weight: weight[row]!, count: 1, influence: weight[row]! * influence[cell]! };
  });
}

/** Searches for the smallest number of removals, in this order, after which another item leads. */
function confirm(
  prepared: PreparedRanking,
  order: readonly Removable[],
  predicted: number,
  first: number,
): { verdicts: number; successor: number } | null {
  const { objective, maximum, inverse } = familyOf(prepared);
  const refitter = new Refitter(objective, maximum.parameters, inverse);
  const all = order.reduce((sum, { count }) => sum + count, 0);
  const leaderWithout = (verdicts: number): number => {
    const weight = objective.games.weight.slice();
    takeAway(order, verdicts, (one, count) => {
      weight[one.cell] = Math.max(0, weight[one.cell]! - count * one.weight);
    });
    return bestFirst(refitter.refit(weight).logStrengths)[0]!;
  };
  let high = predicted;
  while (leaderWithout(high) === first) {
    if (high >= all) return null;
    high = Math.min(all, Math.ceil(high * 1.25) + 1);
  }
  let low = 0;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (leaderWithout(middle) === first) low = middle;
    else high = middle;
  }
  return { verdicts: high, successor: leaderWithout(high) };
}

function takeAway(
  order: readonly Removable[],
  verdicts: number,
  remove: (one: Removable, count: number) => void,
): void {
  let left = verdicts;
  for (const one of order) {
    if (left <= 0) return;
    remove(one, Math.min(left, one.count));
    left -= one.count;
  }
}

function describe(prepared: PreparedRanking, order: readonly Removable[], verdicts: number) {
  const { games } = familyOf(prepared).objective;
  const { items } = prepared.data.table;
  const sums = new Map<string, Fragility['removed'][number]>();
  takeAway(order, verdicts, ({ cell }, count) => {
    const game = Math.floor(cell / 3);
    const pair = [items[games.first[game]!]!, items[games.second[game]!]!] as const;
    const winner = cell % 3 === 2 ? null : pair[cell % 3]!;
    const key = JSON.stringify([winner, [...pair].sort()]);
    const before = sums.get(key)?.verdicts ?? 0;
    sums.set(key, { winner, items: pair, verdicts: before + count });
  });
  return [...sums.values()].sort((a, b) => b.verdicts - a.verdicts);
}
