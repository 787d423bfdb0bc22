import type { Random } from '../../core/clock.ts';
import { shuffled } from '../../core/shuffle.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { ComparisonTable } from '../table/comparison-table.ts';
import { balancedPairs } from './balanced-pairs.ts';
import { type CandidateCovariance, candidateCovariance } from './candidate-covariance.ts';
import { type PairHistory, pairKey } from './pair-history.ts';
import type { PairSpace, UnsidedPair } from './pair-space.ts';

/** Above this many items `adaptive` refuses: it holds two matrices of items x items. */
const MAX_ADAPTIVE_ITEMS = 1500;

/** Comparisons an item on average below which strengths are too noisy to choose opponents by. */
const MIN_COMPARISONS = 30;
/** Above this share of what two equal items tell, choosing gains less than its noise may cost. */
const MAX_EVEN_SHARE = 0.5;

/** Pairs that were chosen, and why they are spread evenly if they are. */
export interface AdaptivePairs {
  readonly pairs: readonly UnsidedPair[];
  /** Null when the pairs were chosen by what they tell. */
  readonly evenly: EvenSpread | null;
}

/** Why pairs are spread evenly although `adaptive` was asked for. */
export type EvenSpread = 'few-comparisons' | 'items-alike';

/**
 * Chooses the next `count` pairs by what they tell where that is known to help, else as `balanced` does:
 * with fewer than 30 comparisons an item on average, or where a pair chosen blindly tells more than half
 * of what two equal items tell (log strengths with a deviation below some 1.6).
 *
 * @throws TuttiError `too_many_items` above `MAX_ADAPTIVE_ITEMS`.
 */
export function adaptivePairs(
  space: PairSpace,
  history: PairHistory,
  table: ComparisonTable | null,
  count: number,
  random: Random,
): AdaptivePairs {
  const size = space.items.length;
  if (size > MAX_ADAPTIVE_ITEMS) throw tooManyItems(size);
  const spread = (evenly: EvenSpread) => ({
    pairs: balancedPairs(space, history, count, random),
    evenly,
  });
  const shown = history.exposure.reduce((sum, comparisons) => sum + comparisons, 0);
  if (shown < MIN_COMPARISONS * size) return spread('few-comparisons');
  const known = candidateCovariance(space, table);
  if (known.evenShare > MAX_EVEN_SHARE) return spread('items-alike');
  return { pairs: mostTelling(space, history, known, count, random), evenly: null };
}

/**
 * Chooses the next `count` pairs greedily by A-optimality: the pair that lowers the sum of the
 * variances of the strengths most, which is the one with the largest w |Σx|² / (1 + w xᵀΣx), w = p(1 - p),
 * x = e_a - e_b, Σ the covariance of the strengths relative to their mean. After each choice
 * Σ loses w Σx xᵀΣ / (1 + w xᵀΣx). Under each pair the prompt used least. Compare Guo et al. 2018,
 * "Experimental design under the Bradley-Terry model".
 */
function mostTelling(
  space: PairSpace,
  history: PairHistory,
  { covariance, weight }: CandidateCovariance,
  count: number,
  random: Random,
): UnsidedPair[] {
  const size = space.items.length;
  const choice = new GreedyChoice(covariance, weight, meetings(space), size);
  const order = shuffled(size, random);
  const promptUse = history.promptUse.slice();
  const pairUse = new Map(history.pairUse);
  const pairs: UnsidedPair[] = [];
  for (let k = 0; k < count; k++) {
    const best = choice.best(order);
    if (!best) break;
    const prompt = leastUsedPrompt(space, best, promptUse, pairUse);
    const key = pairKey(space, prompt, ...best);
    pairUse.set(key, (pairUse.get(key) ?? 0) + 1);
    promptUse[prompt]! += 1;
    pairs.push({ prompt, a: best[0], b: best[1] });
    choice.take(...best);
  }
  return pairs;
}

/** The covariance and its square, kept up to date while pairs are chosen. */
class GreedyChoice {
  readonly #covariance: Float64Array;
  readonly #square: Float64Array;
  readonly #weight: Float64Array;
  readonly #meets: Uint8Array;
  readonly #size: number;

  constructor(covariance: Float64Array, weight: Float64Array, meets: Uint8Array, size: number) {
    this.#covariance = covariance;
    this.#square = squareOf(covariance, size);
    this.#weight = weight;
    this.#meets = meets;
    this.#size = size;
  }

  /** The pair that lowers the variances most; null when no two items share a prompt. */
  best(order: Uint32Array): [number, number] | null {
    const [size, sigma, square] = [this.#size, this.#covariance, this.#square];
    let best: [number, number] | null = null;
    let largest = 0;
    for (const [place, a] of order.entries()) {
      for (let k = 0; k < place; k++) {
        const b = order[k]!;
        const at = a * size + b;
        if (this.#meets[at] === 0) continue;
        const w = this.#weight[at]!;
        const spread = sigma[a * size + a]! + sigma[b * size + b]! - 2 * sigma[at]!;
        const norm = square[a * size + a]! + square[b * size + b]! - 2 * square[at]!;
        const gain = (w * norm) / (1 + w * spread);
        // A hair's breadth more is no reason to prefer a pair: it is rounding.
        if (gain <= largest * (1 + 1e-12)) continue;
        largest = gain;
        best = [a, b];
      }
    }
    return best;
  }

  /** Σ := Σ - c v vᵀ and Σ² with it, v = Σx, c = w / (1 + w xᵀv). */
  take(a: number, b: number): void {
    const [size, sigma, square] = [this.#size, this.#covariance, this.#square];
    const v = new Float64Array(size);
    for (let k = 0; k < size; k++) v[k] = sigma[k * size + a]! - sigma[k * size + b]!;
    const w = this.#weight[a * size + b]!;
    const c = w / (1 + w * (v[a]! - v[b]!));
    const u = new Float64Array(size);
    let norm = 0;
    for (let k = 0; k < size; k++) {
      norm += v[k]! * v[k]!;
      for (let m = 0; m < size; m++) u[k]! += sigma[k * size + m]! * v[m]!;
    }
    for (let k = 0; k < size; k++) {
      for (let m = 0; m < size; m++) {
        const product = v[k]! * v[m]!;
        square[k * size + m]! += c * (c * norm * product - u[k]! * v[m]! - v[k]! * u[m]!);
        sigma[k * size + m]! -= c * product;
      }
    }
  }
}

function squareOf(matrix: Float64Array, size: number): Float64Array {
  const square = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < size; k++) {
      const value = matrix[row * size + k]!;
      for (let column = 0; column < size; column++) {
        square[row * size + column]! += value * matrix[k * size + column]!;
      }
    }
  }
  return square;
}

/** 1 for every two items that have answered a common prompt. */
function meetings(space: PairSpace): Uint8Array {
  const meets = new Uint8Array(space.items.length ** 2);
  for (const { members } of space.prompts) {
    for (const a of members) {
      for (const b of members) if (a !== b) meets[a * space.items.length + b] = 1;
    }
  }
  return meets;
}

function leastUsedPrompt(
  space: PairSpace,
  [a, b]: readonly [number, number],
  promptUse: Float64Array,
  pairUse: ReadonlyMap<number, number>,
): number {
  let best = -1;
  let lowest = [Infinity, Infinity];
  for (const [prompt, { members }] of space.prompts.entries()) {
    if (!members.includes(a) || !members.includes(b)) continue;
    const use = [pairUse.get(pairKey(space, prompt, a, b)) ?? 0, promptUse[prompt]!];
    if (use[0]! > lowest[0]! || (use[0] === lowest[0] && use[1]! >= lowest[1]!)) continue;
    best = prompt;
    lowest = use;
  }
  return best;
}

function tooManyItems(size: number): TuttiError {
  return new TuttiError(
    'too_many_items',
    `adaptive takes ${MAX_ADAPTIVE_ITEMS} items at most, not ${size}.`,
    {
      hint: 'Use the strategy balanced, or choose among fewer items.',
    },
  );
}
