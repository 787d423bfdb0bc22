import { TuttiError } from '../../core/tutti-error.ts';
import type { Ratings } from './ratings.ts';

/** How far two values are apart: `nominal` 0 or 1; `ordinal` by ranks; `interval`; `ratio`. */
export type Distance = 'nominal' | 'ordinal' | 'interval' | 'ratio';

/** Every distance, in the order of how much it asks of the values. */
export const DISTANCES: readonly Distance[] = ['nominal', 'ordinal', 'interval', 'ratio'];

/**
 * The values as numbers on which distances are computed.
 *
 * @throws TuttiError `bad_input` when texts are to be measured by anything but `nominal`.
 */
export function numericValues(values: Ratings['values'], distance: Distance): Float64Array {
  if (distance === 'nominal') return new Float64Array(values.length);
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length > 0) {
    throw new TuttiError(
      'bad_input',
      `"${texts[0]}" is not a number, and ${distance} needs numbers`,
      {
        hint: 'Use the nominal distance for ratings that are words.',
      },
    );
  }
  return Float64Array.from(values as readonly number[]);
}

/** Krippendorff's ratio distance ((a - b) / (a + b))², 0 for 0/0. */
export function ratioDistance(a: number, b: number): number {
  return a === b ? 0 : ((a - b) / (a + b)) ** 2;
}
