import { nearestName } from '../../core/nearest-name.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';

/** A command line that cannot be understood. */
export function usageError(message: string, hint: string): TuttiError {
  return new TuttiError('bad_usage', message, { hint });
}

/** Where the help of a command is, as a hint. */
export function seeHelp(command: string): string {
  return `See: tutti ${command} --help`;
}

/** More than can be read at a glance. */
const MAX_BEGUN = 3;
/** A single letter begins too much. */
const MIN_BEGINNING = 2;

/**
 * An unknown word, with the known ones that begin so, else the nearest known one, or, if none is near, where the known
 * ones are listed.
 */
export function unknownWord(
  what: string,
  word: string,
  known: readonly string[],
  otherwise: string,
): TuttiError {
  const begun = known.filter((one) => one.startsWith(word));
  const isBeginning =
    word.replace(/^-+/, '').length >= MIN_BEGINNING &&
    begun.length > 0 &&
    begun.length <= MAX_BEGUN;
  const meant = isBeginning ? begun.join(' or ') : nearestName(word, known);
  const hint = meant === undefined ? otherwise : `Did you mean ${meant}?`;
  return usageError(`${what} "${plainLine(word, 60)}" is not known.`, hint);
}
