import { fairCoinTwoSided } from '../numerics/distributions.ts';
import { comparePaired, meanOfUnits, type UnitMeans } from '../paired/index.ts';
import type { CalibrationQuestion } from './calibration-question.ts';

/** A share of right answers with a 95 % interval. */
export interface Accuracy {
  /** Null without questions. */
  readonly accuracy: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** How much more often a consortium is right than one of its members, on the same questions. */
export interface AccuracyDifference {
  readonly model: string;
  /** Null where the member answered no question. */
  readonly difference: number | null;
  /** Student's t (95 %) of the questions' differences; null where they are all the same. */
  readonly low: number | null;
  readonly high: number | null;
  /** Exact McNemar test, two-sided; null without questions. */
  readonly mcnemar: number | null;
}

/** Mean of values from 0 to 1, one a question: Wilson's interval of 0 and 1, else Student's. */
export function accuracyOf(values: readonly number[]): Accuracy {
  const { mean, low, high } = meanOfUnits(unitsOf(values));
  return { accuracy: mean, low: low && Math.max(0, low), high: high && Math.min(1, high) };
}

/** How often a member is right, where it was let to answer. */
export function memberAccuracy(
  questions: readonly CalibrationQuestion[],
  member: number,
): Accuracy {
  const known = questions.map(({ members }) => members[member]!.right);
  return accuracyOf(known.flatMap((right) => (right === null ? [] : [Number(right)])));
}

/** Compares the consortium with a member, question by question. */
export function accuracyDifference(
  questions: readonly CalibrationQuestion[],
  member: number,
  model: string,
): AccuracyDifference {
  const known = questions.filter(({ members }) => members[member]!.right !== null);
  const own = known.map(({ members }) => Number(members[member]!.right));
  const all = known.map(({ right }) => Number(right));
  const { difference, low, high } = comparePaired(unitsOf(all), unitsOf(own));
  const better = known.filter((_, at) => all[at]! > own[at]!).length;
  const worse = known.filter((_, at) => all[at]! < own[at]!).length;
  const mcnemar = known.length === 0 ? null : fairCoinTwoSided(better, worse);
  // No difference is outside of these, where t may be.
  const bounds = { low: low && Math.max(-1, low), high: high && Math.min(1, high) };
  return { model, difference, ...bounds, mcnemar };
}

function unitsOf(values: readonly number[]): UnitMeans {
  const isBinary = values.every((value) => value === 0 || value === 1);
  return { means: Float64Array.from(values), isBinary, isSingle: true };
}
