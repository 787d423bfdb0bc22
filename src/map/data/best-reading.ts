import type { DataReading } from './read-data.ts';

/** Mistakes that a model is told at once. */
const MOST_TOLD = 10;
const MAX_PATH = 200;

/**
 * Chooses the answer with which nothing is wrong; else the one with the most objects that are right, among equals the one
 * with the fewest mistakes, then the first.
 *
 * @param readings at least one
 */
export function bestReading(readings: readonly DataReading[]): DataReading {
  const right = readings.find(({ errors }) => errors.length === 0);
  if (right !== undefined) return right;
  return readings.reduce((best, one) => {
    const more = one.objects.length - best.objects.length;
    return more > 0 || (more === 0 && one.errors.length < best.errors.length) ? one : best;
  });
}

/** What a model is told of an answer that is not what was asked for: at most ten mistakes, each with its place. */
export function reaskMessage({ errors }: DataReading): string {
  const told = errors.slice(0, MOST_TOLD).map(({ path, message }) => {
    const place = path === '' ? 'the answer' : path.slice(0, MAX_PATH);
    return `- ${place}: ${message}`;
  });
  const more = errors.length - told.length;
  if (more > 0) told.push(`- and ${more} more`);
  const text = [
    'That answer cannot be used:',
    ...told,
    'Answer once more, in full: only JSON that fits the schema, with nothing before or behind it.',
  ].join('\n');
  return text.toWellFormed();
}
