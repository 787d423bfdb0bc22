import { type Distance, ratioDistance } from './distance.ts';
import type { UnitCounts } from './unit-counts.ts';

/** Observed and expected disagreement, as sums over the coincidence matrix. */
export interface Disagreement {
  readonly observed: number;
  readonly expected: number;
}

/**
 * Computes both disagreements for units that count `weights[u]` times (1 each in the sample itself,
 * the number of draws in a resample). With m ratings in a unit and δ = (x - y)² the sum over all
 * pairs of a unit is 2 (m Σx² - (Σx)²), so no matrix is needed except for the ratio distance. Units with
 * two sides are counted from both.
 */
export class DisagreementMeter {
  readonly #counts: UnitCounts;
  readonly #distance: Distance;
  readonly #scale: Float64Array;
  readonly #totals: Float64Array;
  /** Observed disagreement of each unit; null where it depends on the totals (ordinal). */
  readonly #fixed: Float64Array | null;

  /** @param values numbers of the codes, from `numericValues`. */
  constructor(counts: UnitCounts, values: Float64Array, distance: Distance) {
    this.#counts = counts;
    this.#distance = distance;
    this.#scale = centred(values);
    this.#totals = new Float64Array(counts.valueCount);
    if (distance === 'ratio') this.#scale = values;
    this.#fixed = distance === 'ordinal' ? null : this.#observedOfUnits();
  }

  measure(weights: ArrayLike<number>): Disagreement {
    this.#totals.fill(0);
    for (let unit = 0; unit < this.#counts.units; unit++) {
      if (weights[unit] !== 0) this.#addUnit(unit, weights[unit]!);
    }
    if (this.#distance === 'ordinal') this.#scale.set(middleRanks(this.#totals));
    const perUnit = this.#fixed ?? this.#observedOfUnits();
    let observed = 0;
    for (let unit = 0; unit < perUnit.length; unit++) observed += weights[unit]! * perUnit[unit]!;
    return { observed, expected: this.#expected() };
  }

  /**
   * Both disagreements without the units of each block in turn. The distances that do not depend on the
   * totals need one pass over the units; the ordinal one a pass for each block.
   */
  withoutBlocks(blocks: readonly (readonly number[])[]): Disagreement[] {
    const all = new Float64Array(this.#counts.units).fill(1);
    const whole = this.measure(all);
    const totals = this.#totals.slice();
    const fixed = this.#fixed;
    return blocks.map((units) => {
      if (!fixed) {
        for (const unit of units) all[unit] = 0;
        const found = this.measure(all);
        for (const unit of units) all[unit] = 1;
        return found;
      }
      this.#totals.set(totals);
      let { observed } = whole;
      for (const unit of units) {
        observed -= fixed[unit]!;
        this.#addUnit(unit, -1);
      }
      return { observed: Math.max(0, observed), expected: this.#expected() };
    });
  }

  /** Counts a unit; half from each side where it has two. */
  #addUnit(unit: number, weight: number): void {
    const { start, code, count, mirror } = this.#counts;
    for (let k = start[unit]!; k < start[unit + 1]!; k++) {
      const amount = weight * count[k]!;
      if (mirror === null) {
        this.#totals[code[k]!]! += amount;
        continue;
      }
      this.#totals[code[k]!]! += amount / 2;
      this.#totals[mirror[code[k]!]!]! += amount / 2;
    }
  }

  /** The distance of two codes as it was in the last measurement. */
  pairDistance(): (a: number, b: number) => number {
    const scale = this.#scale.slice();
    if (this.#distance === 'nominal') return (a, b) => (a === b ? 0 : 1);
    if (this.#distance === 'ratio') return (a, b) => ratioDistance(scale[a]!, scale[b]!);
    return (a, b) => (scale[a]! - scale[b]!) ** 2;
  }

  #observedOfUnits(): Float64Array {
    const { start, code, count, size, units } = this.#counts;
    const observed = new Float64Array(units);
    for (let unit = 0; unit < units; unit++) {
      const [from, to] = [start[unit]!, start[unit + 1]!];
      const pairs = this.#pairSum(code.subarray(from, to), count.subarray(from, to));
      observed[unit] = pairs / (size[unit]! - 1);
    }
    return observed;
  }

  #expected(): number {
    let total = 0;
    for (const count of this.#totals) total += count;
    // A unit with two sides stands twice in the coincidence matrix, and both sums are halved here.
    const one = this.#counts.mirror === null ? 1 : 0.5;
    return total <= one ? 0 : this.#pairSum(null, this.#totals) / (total - one);
  }

  /** Σ over ordered pairs of n_c n_k δ(c, k); `codes` null means 0, 1, 2, … */
  #pairSum(codes: Uint32Array | null, counts: ArrayLike<number>): number {
    if (this.#distance === 'nominal') return nominalPairs(counts);
    const scale = this.#scale;
    if (this.#distance === 'ratio') return ratioPairs(codes, counts, scale);
    let [size, sum, squares, kinds] = [0, 0, 0, 0];
    for (let k = 0; k < counts.length; k++) {
      if (counts[k] === 0) continue;
      kinds += 1;
      const value = scale[codes ? codes[k]! : k]!;
      size += counts[k]!;
      sum += counts[k]! * value;
      squares += counts[k]! * value * value;
    }
    return kinds < 2 ? 0 : Math.max(0, 2 * (size * squares - sum * sum));
  }
}

function nominalPairs(counts: ArrayLike<number>): number {
  let [size, squares] = [0, 0];
  for (let k = 0; k < counts.length; k++) {
    size += counts[k]!;
    squares += counts[k]! ** 2;
  }
  return size * size - squares;
}

function ratioPairs(
  codes: Uint32Array | null,
  counts: ArrayLike<number>,
  values: Float64Array,
): number {
  let sum = 0;
  for (let a = 0; a < counts.length; a++) {
    if (counts[a] === 0) continue;
    for (let b = 0; b < a; b++) {
      const [valueA, valueB] = codes
        ? [values[codes[a]!]!, values[codes[b]!]!]
        : [values[a]!, values[b]!];
      sum += 2 * counts[a]! * counts[b]! * ratioDistance(valueA, valueB);
    }
  }
  return sum;
}

/** Moves the values around their mean, so that squares of large values do not cancel. */
function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return values.map((value) => value - mean);
}

/** Rank of the middle of each value: cumulated count minus half of its own, around half of the total. */
function middleRanks(totals: Float64Array): Float64Array {
  const ranks = new Float64Array(totals.length);
  let below = 0;
  for (let code = 0; code < totals.length; code++) {
    ranks[code] = below + totals[code]! / 2;
    below += totals[code]!;
  }
  return ranks.map((rank) => rank - below / 2);
}
