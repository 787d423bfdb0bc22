import { logistic, softplus } from '../likelihood/outcome-model.ts';
import type { OrderedList, OrderedLists } from './ordered-lists.ts';
import { type ChoicePoint, choicePoint, evaluateChoice } from './set-choice.ts';

/** What is maximised: log strengths θ of the items, then ln δ of each size of tied group. */
export interface ListObjective {
  readonly lists: OrderedLists;
  /** Weight of each list; those of the lists themselves unless resampled. */
  readonly weight: Float64Array;
  /** K: every item wins K/2 and loses K/2 against a fixed item of log strength 0. */
  readonly prior: number;
}

/** The objective and its derivatives at one place. */
export interface ListValue {
  /** Without the prior, and with it. */
  readonly logLikelihood: number;
  readonly height: number;
  readonly gradient: Float64Array;
  /** Minus the second derivatives, square, row by row. */
  readonly information: Float64Array;
}

/** Number of parameters: items, and sizes of tied groups. */
export function listParameters({ items, tieSizes }: OrderedLists): number {
  return items + tieSizes.length;
}

/**
 * The likelihood of ordered lists with ties (Turner, van Etten, Firth and Kosmidis 2020): a list is a row of
 * choices of the best group S among those left, P(S) = f(S) / Σ f(S'), f(S) = δ_|S| (Π s_i)^(1/|S|), δ_1 = 1,
 * over all S' of a size that occurs. Without ties it is Plackett and Luce's; for two items Davidson's.
 *
 * @param visit is told the gradient of each list that has weight, unweighted.
 */
export function evaluateLists(
  objective: ListObjective,
  parameters: Float64Array,
  visit?: (list: number, gradient: Float64Array) => void,
): ListValue {
  const { lists, weight, prior } = objective;
  const size = parameters.length;
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  const own = new Float64Array(size);
  const point = choicePoint(lists);
  let logLikelihood = 0;
  lists.lists.forEach((list, at) => {
    if (weight[at] === 0) return;
    own.fill(0);
    const sum = addList(lists, list, weight[at]!, parameters, { own, information, point });
    logLikelihood += weight[at]! * sum;
    for (let i = 0; i < size; i++) gradient[i]! += weight[at]! * own[i]!;
    visit?.(at, own);
  });
  const penalty = addPrior(lists.items, prior, parameters, gradient, information);
  return { logLikelihood, height: logLikelihood + penalty, gradient, information };
}

interface ListSums {
  readonly own: Float64Array;
  readonly information: Float64Array;
  readonly point: ChoicePoint;
}

function addList(
  lists: OrderedLists,
  { groups }: OrderedList,
  weight: number,
  parameters: Float64Array,
  { own, information, point }: ListSums,
): number {
  const size = parameters.length;
  let left = Uint32Array.from(groups.flatMap((group) => [...group]));
  let sum = 0;
  for (const group of groups) {
    // The last one alone is no choice.
    if (left.length < 2) break;
    evaluateChoice(lists, left, parameters, point);
    sum -= point.logSum;
    const tie = lists.items + lists.tieSizes.indexOf(group.length);
    for (const item of group) {
      sum += parameters[item]! / group.length;
      own[item]! += 1 / group.length;
    }
    if (group.length > 1) {
      sum += parameters[tie]!;
      own[tie]! += 1;
    }
    const { places, mean, square } = point;
    const count = places.length;
    for (let a = 0; a < count; a++) {
      own[places[a]!]! -= mean[a]!;
      for (let b = 0; b < count; b++) {
        const value = square[a * count + b]! - mean[a]! * mean[b]!;
        information[places[a]! * size + places[b]!]! += weight * value;
      }
    }
    left = left.subarray(group.length);
  }
  return sum;
}

function addPrior(
  items: number,
  prior: number,
  parameters: Float64Array,
  gradient: Float64Array,
  information: Float64Array,
): number {
  let sum = 0;
  for (let item = 0; item < items && prior > 0; item++) {
    const value = parameters[item]!;
    const p = logistic(value);
    sum -= (prior / 2) * (softplus(value) + softplus(-value));
    gradient[item]! += prior * (0.5 - p);
    information[item * parameters.length + item]! += prior * p * (1 - p);
  }
  return sum;
}
