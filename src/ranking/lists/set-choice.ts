import type { OrderedLists } from './ordered-lists.ts';

/** Moments of one choice of a group: of x_i = 1/|S| for its members, and of y_k = 1 where |S| = k. */
export interface ChoicePoint {
  /** ln Σ f(S). */
  logSum: number;
  /** Parameters that take part: items left, then tie parameters of sizes that are possible. */
  places: Uint32Array;
  /** Expected values, by place. */
  mean: Float64Array;
  /** Expected products, square, by place. */
  square: Float64Array;
}

/** Makes room for the moments of a choice. */
export function choicePoint(lists: OrderedLists): ChoicePoint {
  const most = lists.items + lists.tieSizes.length;
  return {
    logSum: 0,
    places: new Uint32Array(0),
    mean: new Float64Array(most),
    square: new Float64Array(most * most),
  };
}

/**
 * Computes the moments of a choice among the items left. Sums over all sets of size k are elementary
 * symmetric polynomials of s_i^(1/k), so that no set has to be listed.
 */
export function evaluateChoice(
  { items, tieSizes }: OrderedLists,
  left: Uint32Array,
  parameters: Float64Array,
  point: ChoicePoint,
): void {
  const sizes = tieSizes.filter((size) => size <= left.length);
  const count = left.length + sizes.length;
  const places = new Uint32Array(count);
  places.set(left);
  sizes.forEach((_, at) => {
    places[left.length + at] = items + at;
  });
  let largest = Number.NEGATIVE_INFINITY;
  for (const item of left) largest = Math.max(largest, parameters[item]!);
  point.places = places;
  point.mean.fill(0, 0, count);
  point.square.fill(0, 0, count * count);
  let total = 0;
  [1, ...sizes].forEach((size, at) => {
    const delta = at === 0 ? 1 : Math.exp(parameters[items + at - 1]!);
    const tie = at === 0 ? -1 : left.length + at - 1;
    const root = Float64Array.from(left, (item) => Math.exp((parameters[item]! - largest) / size));
    total += addSets(root, size, delta, tie, count, point);
  });
  for (let a = 0; a < count; a++) point.mean[a]! /= total;
  for (let a = 0; a < count * count; a++) point.square[a]! /= total;
  point.logSum = largest + Math.log(total);
}

/** Adds all sets of one size, f(S) = δ Π root; returns their sum. */
function addSets(
  root: Float64Array,
  size: number,
  delta: number,
  tie: number,
  count: number,
  { mean, square }: ChoicePoint,
): number {
  if (size === 1) return addSingles(root, count, { mean, square });
  const share = delta / size;
  const sums = symmetricSums(root, size);
  const total = delta * sums[size]!;
  for (let a = 0; a < root.length; a++) {
    const without = withoutOne(sums, root[a]!, size - 1);
    const member = root[a]! * without[size - 1]!;
    mean[a]! += share * member;
    square[a * count + a]! += (share / size) * member;
    if (tie >= 0) {
      square[a * count + tie]! += share * member;
      square[tie * count + a]! += share * member;
    }
    for (let b = 0; b < a; b++) {
      const both = root[a]! * root[b]! * withoutOne(without, root[b]!, size - 2)[size - 2]!;
      square[a * count + b]! += (share / size) * both;
      square[b * count + a]! += (share / size) * both;
    }
  }
  if (tie >= 0) {
    mean[tie]! += total;
    square[tie * count + tie]! += total;
  }
  return total;
}

/** Single items exclude each other. */
function addSingles(
  root: Float64Array,
  count: number,
  { mean, square }: Pick<ChoicePoint, 'mean' | 'square'>,
): number {
  let total = 0;
  for (let a = 0; a < root.length; a++) {
    mean[a]! += root[a]!;
    square[a * count + a]! += root[a]!;
    total += root[a]!;
  }
  return total;
}

/** Elementary symmetric polynomials e_0 … e_size. */
function symmetricSums(root: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(size + 1);
  sums[0] = 1;
  for (const value of root) for (let k = size; k > 0; k--) sums[k]! += value * sums[k - 1]!;
  return sums;
}

/** The same without one of the values, up to e_`most`. */
function withoutOne(sums: Float64Array, value: number, most: number): Float64Array {
  const result = new Float64Array(most + 1);
  result[0] = 1;
  for (let k = 1; k <= most; k++) result[k] = Math.max(0, sums[k]! - value * result[k - 1]!);
  return result;
}
