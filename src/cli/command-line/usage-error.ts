import { nearestName } from '../../core/nearest-name.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';

/** A command line that cannot be understood. */
export function usageError(message: string, hint: string): TuttiError {
  return new TuttiError('bad_usage', message, { hint });
}

/** An unknown word, with the nearest known one or, if none is near, where the known ones are listed. */
export function unknownWord(
  what: string,
  word: string,
  known: readonly string[],
  otherwise: string,
): TuttiError {
  const nearest = nearestName(word, known);
  const hint = nearest === undefined ? otherwise : `Did you mean ${nearest}?`;
  return usageError(`${what} "${plainLine(word, 60)}" is not known.`, hint);
}
