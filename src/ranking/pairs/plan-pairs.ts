import type { Random } from '../../core/clock.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { checkTable } from '../input/check-table.ts';
import { type Comparisons, toTable } from '../input/to-table.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import { type AdaptivePairs, adaptivePairs, type EvenSpread } from './adaptive-pairs.ts';
import { balancedPairs } from './balanced-pairs.ts';
import { distantPairs } from './distant-pairs.ts';
import { type PairGraph, pairGraph } from './pair-graph.ts';
import { type PairHistory, pairHistory } from './pair-history.ts';
import type { UnsidedPair } from './pair-space.ts';
import { type AnswerToPair, type PairSpace, pairSpace } from './pair-space.ts';
import { allPairs, baselinePairs } from './simple-pairs.ts';

/** How pairs are chosen. */
export type PairStrategy = 'all' | 'baseline' | 'distant' | 'balanced' | 'adaptive';

/** What is paired, and how. */
export interface PlanPairsOptions {
  /** Default `balanced`. */
  readonly strategy?: PairStrategy | undefined;
  /** The item against which all others are compared; needed by `baseline`. */
  readonly baseline?: string | undefined;
  /** Neighbours that each answer gets in `distant`, 1 or more; default 3. */
  readonly neighbors?: number | undefined;
  /** Pairs to choose in `balanced` (default: three an answer) and `adaptive` (default: one an item). */
  readonly count?: number | undefined;
  /** What has been compared already: `adaptive` learns from it, `balanced` evens it out. */
  readonly comparisons?: Comparisons | undefined;
  /** Start of the random numbers for sides and ties; default 1. */
  readonly seed?: number | undefined;
}

/** A pair to be judged. */
export interface PlannedPair {
  readonly prompt: string | null;
  /** Item to be shown first. */
  readonly left: string;
  readonly right: string;
}

/** Pairs to be judged, and how evenly they treat the items. */
export interface PairPlan extends PairGraph {
  readonly strategy: PairStrategy;
  readonly pairs: readonly PlannedPair[];
  /** Answers left out because the item already had one to the same prompt. */
  readonly repeatedAnswers: number;
  /** Why `adaptive` spread the pairs evenly; null where it did not, and for other strategies. */
  readonly evenly: EvenSpread | null;
  readonly seed: number;
}

/**
 * Chooses the pairs of answers to be judged next. Sides are seeded, and each item is shown on the left
 * about as often as on the right.
 *
 * @param answers the items and what they answered; items alone do, except for `distant`.
 * @returns the plan; a promise of it for an async iterable.
 * @throws TuttiError `bad_input` for fewer than two items or an unknown baseline, `bad_usage` for a
 * missing baseline or a count that is no whole number, `too_many_items`.
 * @example
 * const plan = planPairs([{ item: 'a' }, { item: 'b' }, { item: 'c' }], { count: 3 });
 * plan.pairs.length; // 3
 */
export function planPairs(answers: Iterable<AnswerToPair>, options?: PlanPairsOptions): PairPlan;
export function planPairs(
  answers: AsyncIterable<AnswerToPair>,
  options?: PlanPairsOptions,
): Promise<PairPlan>;
export function planPairs(
  answers: Iterable<AnswerToPair> | AsyncIterable<AnswerToPair>,
  options: PlanPairsOptions = {},
): PairPlan | Promise<PairPlan> {
  if (Symbol.asyncIterator in answers) {
    return collected(answers).then((list) => planOf(list, options));
  }
  return planOf(answers, options);
}

async function collected(answers: AsyncIterable<AnswerToPair>): Promise<AnswerToPair[]> {
  const list: AnswerToPair[] = [];
  for await (const answer of answers) list.push(answer);
  return list;
}

function planOf(answers: Iterable<AnswerToPair>, options: PlanPairsOptions): PairPlan {
  const space = pairSpace(answers);
  if (space.items.length < 2) {
    throw new TuttiError('bad_input', `A pair needs two items; there is ${space.items.length}.`);
  }
  const { strategy = 'balanced', seed = 1 } = options;
  const table = options.comparisons === undefined ? null : toTable(options.comparisons);
  if (table) checkTable(table);
  const history = pairHistory(space, table);
  const random = seededRandom(seed);
  const { pairs: chosen, evenly } = choose(space, history, table, options, random);
  const pairs = withSides(chosen, history.leftSurplus, random);
  return {
    strategy,
    pairs: pairs.map(({ prompt, a, b }) => ({
      prompt: space.prompts[prompt]!.prompt,
      left: space.items[a]!,
      right: space.items[b]!,
    })),
    ...pairGraph(space, pairs, history),
    repeatedAnswers: space.repeatedAnswers,
    evenly,
    seed,
  };
}

function choose(
  space: PairSpace,
  history: PairHistory,
  table: ComparisonTable | null,
  options: PlanPairsOptions,
  random: Random,
): AdaptivePairs {
  const answers = space.prompts.reduce((sum, { members }) => sum + members.length, 0);
  switch (options.strategy ?? 'balanced') {
    case 'all':
      return { pairs: allPairs(space), evenly: null };
    case 'baseline':
      if (options.baseline === undefined) throw wrong('baseline', undefined, 'the name of an item');
      return { pairs: baselinePairs(space, options.baseline), evenly: null };
    case 'distant':
      return {
        pairs: distantPairs(space, wholeNumber('neighbors', options.neighbors ?? 3)),
        evenly: null,
      };
    case 'balanced': {
      const count = wholeNumber('count', options.count ?? Math.ceil(1.5 * answers));
      return { pairs: balancedPairs(space, history, count, random), evenly: null };
    }
    case 'adaptive': {
      const count = wholeNumber('count', options.count ?? space.items.length);
      return adaptivePairs(space, history, table, count, random);
    }
  }
}

function wholeNumber(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= 1e7) return value;
  throw wrong(name, value, 'a whole number from 1 to 10,000,000');
}

function wrong(name: string, value: unknown, wanted: string): TuttiError {
  return new TuttiError('bad_usage', `${name} is ${String(value)}; it must be ${wanted}.`);
}

/**
 * Decides which item of each pair is shown on the left (`a`): the one that was there less often so
 * far, else a throw of a coin.
 *
 * @param leftSurplus times on the left minus times on the right of each item until now.
 */
function withSides(
  pairs: readonly UnsidedPair[],
  leftSurplus: Float64Array,
  random: Random,
): UnsidedPair[] {
  const surplus = leftSurplus.slice();
  return pairs.map(({ prompt, a, b }) => {
    const difference = surplus[a]! - surplus[b]!;
    const swap = difference > 0 || (difference === 0 && random() < 0.5);
    const [left, right] = swap ? [b, a] : [a, b];
    surplus[left]! += 1;
    surplus[right]! -= 1;
    return { prompt, a: left, b: right };
  });
}
