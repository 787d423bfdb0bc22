import { scoreBounds } from '../agreement/wilson.ts';
import { normalQuantile, studentQuantile } from '../numerics/distributions.ts';

/** What is known of values that come in units, such as the rewordings of one prompt. */
export interface UnitMeans {
  /** One mean a unit. */
  readonly means: Float64Array;
  /** True when every value of every unit is 0 or 1. */
  readonly isBinary: boolean;
  /** True when each unit has a single value. */
  readonly isSingle: boolean;
}

/** A mean with a 95 % interval. */
export interface MeanInterval {
  /** Null without units. */
  readonly mean: number | null;
  /** Null, as is `high`, where units tell nothing of an error: there is one, or all have the same mean. */
  readonly low: number | null;
  readonly high: number | null;
  readonly method: 'wilson' | 't';
}

const UPPER = 0.975;

/**
 * The mean of units with its interval: Wilson's of one 0/1 value a unit, else Student's t of the units' means with
 * G - 1 degrees of freedom, since values of one unit depend on each other. Units that agree on 0 or on 1 leave no
 * spread to t; Wilson then counts each of them as one observation.
 */
export function meanOfUnits({ means, isBinary, isSingle }: UnitMeans): MeanInterval {
  const units = means.length;
  if (units === 0) return { mean: null, low: null, high: null, method: 't' };
  const { mean, deviation } = momentsOf(means);
  const isUnanimous = deviation === 0 && (mean === 0 || mean === 1);
  if (isBinary && (isSingle || isUnanimous)) {
    return { mean, ...scoreBounds(mean, units, normalQuantile(UPPER)), method: 'wilson' };
  }
  return { mean, ...studentBounds(mean, deviation, units), method: 't' };
}

/** Mean and standard deviation (n - 1) of values; no deviation where they are all the same number. */
export function momentsOf(values: Float64Array): {
  readonly mean: number;
  readonly deviation: number;
} {
  const first = values[0] ?? 0;
  if (values.every((value) => value === first)) return { mean: first, deviation: 0 };
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

/** Student's t interval of a mean; null where there is no spread to tell an error by. */
export function studentBounds(
  mean: number,
  deviation: number,
  units: number,
): { readonly low: number | null; readonly high: number | null } {
  if (units < 2 || deviation === 0) return { low: null, high: null };
  const half = (studentQuantile(UPPER, units - 1) * deviation) / Math.sqrt(units);
  return { low: mean - half, high: mean + half };
}
