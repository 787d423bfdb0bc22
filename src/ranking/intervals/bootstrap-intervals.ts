import { normalProbability, normalQuantile } from '../numerics/distributions.ts';
import { quantileOfSorted } from '../numerics/quantile.ts';

/** Lower and upper bounds, by item. */
export interface Bounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** What an interval is read off from. */
export interface BootstrapSample {
  /** Values of the whole data, by item. */
  readonly values: Float64Array;
  /** Values of the rounds, one row for each. */
  readonly rounds: Float64Array;
  readonly level: number;
}

/** Percentile interval: the quantiles of the rounds. */
export function percentileBounds({ values, rounds, level }: BootstrapSample): Bounds {
  return boundsAt(values, rounds, () => [(1 - level) / 2, (1 + level) / 2]);
}

/** Basic interval: the quantiles mirrored at the estimate, 2 x - q. */
export function basicBounds(sample: BootstrapSample): Bounds {
  const { low, high } = percentileBounds(sample);
  return {
    low: high.map((bound, item) => 2 * sample.values[item]! - bound),
    high: low.map((bound, item) => 2 * sample.values[item]! - bound),
  };
}

/**
 * Bias-corrected and accelerated interval (Efron 1987): quantiles at Φ(z0 + (z0 + z) / (1 - a (z0 + z))),
 * z0 from the share of rounds below the estimate, a from influence values.
 *
 * @param acceleration by item; see `accelerations`.
 */
export function bcaBounds(sample: BootstrapSample, acceleration: Float64Array): Bounds {
  const z = normalQuantile((1 + sample.level) / 2);
  return boundsAt(sample.values, sample.rounds, (sorted, item) => {
    const share = shareBelow(sorted, sample.values[item]!);
    const edge = 0.5 / sorted.length;
    const bias = normalQuantile(Math.min(1 - edge, Math.max(edge, share)));
    const a = acceleration[item]!;
    const place = (quantile: number) => {
      const shifted = bias + quantile;
      const stretch = 1 - a * shifted;
      return normalProbability(bias + shifted / Math.max(stretch, 1e-3));
    };
    return [place(-z), place(z)];
  });
}

function boundsAt(
  values: Float64Array,
  rounds: Float64Array,
  places: (sorted: Float64Array, item: number) => [number, number],
): Bounds {
  const items = values.length;
  const low = new Float64Array(items);
  const high = new Float64Array(items);
  const sorted = new Float64Array(rounds.length / items);
  for (let item = 0; item < items; item++) {
    for (let round = 0; round < sorted.length; round++)
      sorted[round] = rounds[round * items + item]!;
    sorted.sort();
    const [lower, upper] = places(sorted, item);
    low[item] = quantileOfSorted(sorted, lower);
    high[item] = quantileOfSorted(sorted, upper);
  }
  return { low, high };
}

/** Share of sorted numbers below a value, equal ones counting half. */
function shareBelow(sorted: Float64Array, value: number): number {
  let below = 0;
  let equal = 0;
  for (const one of sorted) {
    if (one < value) below++;
    else if (one === value) equal++;
  }
  return (below + equal / 2) / sorted.length;
}

/** Covariance of the rounds' values relative to their mean over the items. */
export function roundsCovariance(rounds: Float64Array, items: number): Float64Array {
  const count = rounds.length / items;
  const centred = rounds.slice();
  for (let round = 0; round < count; round++) {
    let mean = 0;
    for (let item = 0; item < items; item++) mean += rounds[round * items + item]! / items;
    for (let item = 0; item < items; item++) centred[round * items + item]! -= mean;
  }
  const means = new Float64Array(items);
  centred.forEach((value, at) => {
    means[at % items]! += value / count;
  });
  const covariance = new Float64Array(items * items);
  for (let round = 0; round < count; round++) {
    for (let row = 0; row < items; row++) {
      const value = centred[round * items + row]! - means[row]!;
      for (let column = 0; column <= row; column++) {
        covariance[row * items + column]! +=
          (value * (centred[round * items + column]! - means[column]!)) / (count - 1);
      }
    }
  }
  for (let row = 0; row < items; row++) {
    for (let column = 0; column < row; column++) {
      covariance[column * items + row] = covariance[row * items + column]!;
    }
  }
  return covariance;
}
