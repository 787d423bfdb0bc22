import { densityContrast, featureContrast } from '../../ranking/index.ts';

/**
 * How a feature that is known for both answers becomes one number: `relative` (a - b)/(a + b);
 * `density` (a - b)/(a + b + 1), arena-hard's form; `difference` a - b. 0/0 is 0.
 */
export type FeatureForm = 'relative' | 'density' | 'difference';

/** Endings of the two columns of a feature, left answer first. */
export const SIDE_ENDINGS: readonly (readonly [string, string])[] = [
  ['_left', '_right'],
  ['_a', '_b'],
  ['_x', '_y'],
];

/** How the left answer differs from the right one. */
export function featureDifference(left: number, right: number, form: FeatureForm): number {
  if (form === 'difference') return left - right;
  return form === 'density' ? densityContrast(left, right) : featureContrast(left, right);
}

/** Columns that hold the two answers, from whose texts a length is counted. */
export const ANSWER_TEXTS: readonly (readonly [string, string])[] = [
  ['output_1', 'output_2'],
  ['response_a', 'response_b'],
  ['answer_a', 'answer_b'],
];

/** Characters (code points) of UTF-8 bytes. */
export function charactersIn(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if ((bytes[at]! & 0xc0) !== 0x80) count++;
  return count;
}
