import { inverseInformation } from '../likelihood/newton.ts';
import { Refitter } from '../likelihood/refit.ts';
import type { PreparedRanking } from '../rating/prepare-ranking.ts';
import { bestFirst } from '../rating/ranks.ts';
import { likelihoodOf } from './likelihood-of.ts';
import {
  influences,
  type Removable,
  type Removal,
  removableVotes,
  weightsWithout,
} from './removable-votes.ts';
import { searchRemovals } from './removal-search.ts';

/** How few verdicts the first place hangs on. */
export interface Fragility {
  readonly first: string;
  /** Who takes the first place when the verdicts are removed; null when no set was found. */
  readonly successor: string | null;
  /** Removed verdicts after which a refit has another first; null when no set was found. */
  readonly verdicts: number | null;
  /** As a share of all comparisons. */
  readonly share: number | null;
  /** True when every smaller set was tried and none works: then `verdicts` is the fewest, else at most. */
  readonly exact: boolean;
  /** Fewer verdicts than these are known not to be enough. */
  readonly atLeast: number;
  /** What the influences alone predicted; null when they found no set. */
  readonly predicted: number | null;
  /** Which verdicts they are, most of them first. */
  readonly removed: readonly {
    readonly winner: string | null;
    readonly items: readonly [string, string];
    readonly verdicts: number;
  }[];
}

/** A set of verdicts after whose removal another item leads. */
interface Way {
  readonly removals: readonly Removal[];
  readonly verdicts: number;
}

/** So many challengers are followed vote by vote. */
const FOLLOWED = 10;
/** Work that the search through all sets may cost, in games and squared items. */
const SEARCH_WORK = 4e7;
const MAX_SETS = 20_000;
/** Sums of influences are trusted to be no more than this many times too large. */
const OPTIMISM = 2;

/**
 * The fewest verdicts whose removal changes the first place. For every other item, verdicts are taken away
 * in the order of their influence on its distance to the first (Huang et al. 2025) until a refit has
 * another first, for the nearest also one by one with influences taken anew; then all smaller sets are
 * tried as far as there are not too many of them.
 */
export function fragility(prepared: PreparedRanking): Fragility {
  const { data, fit } = prepared;
  const { items, rows } = data.table;
  const { objective, maximum, inverse } = likelihoodOf(prepared);
  const [first, ...others] = bestFirst(fit.scores) as [number, ...number[]];
  const kinds = removableVotes(prepared);
  const refitter = new Refitter(objective, maximum.parameters, inverse);
  const leader = (removals: readonly Removal[]) =>
    bestFirst(refitter.refit(weightsWithout(objective.games, removals)).logStrengths)[0]!;
  const works = (removals: readonly Removal[]) => leader(removals) !== first;
  const plans = others.map((challenger) => planOf(prepared, kinds, first, challenger));
  let best = bestOfPlans(plans, works);
  const near = [...plans].sort((a, b) => a.predicted - b.predicted).slice(0, FOLLOWED);
  for (const { challenger } of near) {
    best = fewer(best, stepByStep(prepared, kinds, { first, challenger, works }, best));
  }
  const cost = 20 * (objective.games.count + items.length ** 2);
  const budget = Math.min(MAX_SETS, SEARCH_WORK / cost);
  const below = best === null ? rows : best.verdicts;
  const search = searchRemovals(kinds, below, budget, works);
  if (search.removals !== null) best = wayOf(search.removals);
  const predicted = Math.min(...plans.map((plan) => plan.predicted));
  return {
    first: items[first]!,
    successor: best === null ? null : items[leader(best.removals)]!,
    verdicts: best?.verdicts ?? null,
    share: best === null ? null : best.verdicts / rows,
    exact: best !== null && search.atLeast >= best.verdicts,
    atLeast: search.atLeast,
    predicted: Number.isFinite(predicted) ? predicted : null,
    removed: best === null ? [] : describe(prepared, best.removals),
  };
}

interface Plan {
  readonly challenger: number;
  /** Verdicts in the order in which they are taken away. */
  readonly order: readonly Removable[];
  /** How many of them would be enough by their influences; Infinity when all are not. */
  readonly predicted: number;
}

function planOf(
  prepared: PreparedRanking,
  kinds: readonly Removable[],
  first: number,
  challenger: number,
): Plan {
  const likelihood = likelihoodOf(prepared);
  const { parameters } = likelihood.maximum;
  const influence = influences(likelihood, parameters, likelihood.inverse, first, challenger);
  const pull = ({ cell, weight }: Removable) => weight * influence[cell]!;
  const order = kinds.filter((kind) => pull(kind) > 0).sort((a, b) => pull(b) - pull(a));
  let left = parameters[first]! - parameters[challenger]!;
  let predicted = 0;
  for (const kind of order) {
    const needed = Math.ceil(left / pull(kind));
    if (needed <= kind.count) {
      return { challenger, order, predicted: Math.max(1, predicted + needed) };
    }
    left -= pull(kind) * kind.count;
    predicted += kind.count;
  }
  return { challenger, order, predicted: Number.POSITIVE_INFINITY };
}

/** The smallest confirmed start of any plan; plans that promise far more than the best are left out. */
function bestOfPlans(
  plans: readonly Plan[],
  works: (removals: readonly Removal[]) => boolean,
): Way | null {
  let best: Way | null = null;
  for (const plan of [...plans].sort((a, b) => a.predicted - b.predicted)) {
    if (best !== null && plan.predicted > OPTIMISM * best.verdicts) break;
    best = fewer(best, confirmed(plan, works, best?.verdicts ?? Number.POSITIVE_INFINITY));
  }
  return best;
}

/** Searches for the smallest number of removals in the plan's order, below `most`, that works. */
function confirmed(
  { order, predicted }: Plan,
  works: (removals: readonly Removal[]) => boolean,
  most: number,
): Way | null {
  const all = order.reduce((sum, { count }) => sum + count, 0);
  const end = Math.min(all, most - 1);
  let high = Math.min(end, predicted);
  if (high < 1) return null;
  while (!works(startOf(order, high))) {
    if (high >= end) return null;
    high = Math.min(end, Math.ceil(high * 1.25) + 1);
  }
  let low = 0;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (works(startOf(order, middle))) high = middle;
    else low = middle;
  }
  return wayOf(startOf(order, high));
}

function startOf(order: readonly Removable[], verdicts: number): Removal[] {
  const removals: Removal[] = [];
  let left = verdicts;
  for (const kind of order) {
    if (left <= 0) break;
    const count = Math.min(left, kind.count);
    removals.push({ kind, count });
    left -= count;
  }
  return removals;
}

interface Contest {
  readonly first: number;
  readonly challenger: number;
  readonly works: (removals: readonly Removal[]) => boolean;
}

const MAX_STEPS = 40;

/** Takes away the vote with the most influence, refits, and again, as long as it can beat the best way. */
function stepByStep(
  prepared: PreparedRanking,
  kinds: readonly Removable[],
  { first, challenger, works }: Contest,
  best: Way | null,
): Way | null {
  const likelihood = likelihoodOf(prepared);
  const { objective } = likelihood;
  const taken = new Map<Removable, number>();
  const removals = () => [...taken].map(([kind, count]) => ({ kind, count }));
  let { parameters } = likelihood.maximum;
  const end = Math.min(MAX_STEPS, (best?.verdicts ?? Number.POSITIVE_INFINITY) - 1);
  for (let step = 1; step <= end; step++) {
    const weight = weightsWithout(objective.games, removals());
    const games = { ...objective.games, weight, squaredWeight: weight };
    const now = { objective: { ...objective, games } };
    const inverse = inverseInformation(now.objective, parameters);
    if (inverse === null) return null;
    const influence = influences(now, parameters, inverse, first, challenger);
    const pull = ({ cell, weight: one }: Removable) => one * influence[cell]!;
    const open = kinds.filter((kind) => (taken.get(kind) ?? 0) < kind.count);
    const next = open.reduce<Removable | null>(
      (most, kind) => (most === null || pull(kind) > pull(most) ? kind : most),
      null,
    );
    if (next === null || !(pull(next) > 0)) return null;
    taken.set(next, (taken.get(next) ?? 0) + 1);
    if (works(removals())) return wayOf(removals());
    parameters = refitted(prepared, removals());
  }
  return null;
}

function refitted(prepared: PreparedRanking, removals: readonly Removal[]): Float64Array {
  const { objective, maximum, inverse } = likelihoodOf(prepared);
  const refitter = new Refitter(objective, maximum.parameters, inverse);
  const { logStrengths } = refitter.refit(weightsWithout(objective.games, removals));
  const parameters = maximum.parameters.slice();
  parameters.set(logStrengths);
  return parameters;
}

function wayOf(removals: readonly Removal[]): Way {
  return { removals, verdicts: removals.reduce((sum, { count }) => sum + count, 0) };
}

function fewer(one: Way | null, other: Way | null): Way | null {
  if (one === null || other === null) return one ?? other;
  return other.verdicts < one.verdicts ? other : one;
}

function describe(prepared: PreparedRanking, removals: readonly Removal[]) {
  const { games } = likelihoodOf(prepared).objective;
  const { items } = prepared.data.table;
  const sums = new Map<string, Fragility['removed'][number]>();
  for (const { kind, count } of removals) {
    const game = Math.floor(kind.cell / 3);
    const pair = [items[games.first[game]!]!, items[games.second[game]!]!] as const;
    const winner = kind.cell % 3 === 2 ? null : pair[kind.cell % 3]!;
    const key = JSON.stringify([winner, [...pair].sort()]);
    const before = sums.get(key)?.verdicts ?? 0;
    sums.set(key, { winner, items: pair, verdicts: before + count });
  }
  return [...sums.values()].sort((a, b) => b.verdicts - a.verdicts);
}
