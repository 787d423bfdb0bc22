import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';

/** Makes the error for a word that is none of the known ones; it names the nearest. */
export function unknownWord(what: string, wrong: string, known: readonly string[]): TuttiError {
  const nearest = nearestName(wrong, known);
  return new TuttiError('bad_usage', `unknown ${what} "${wrong}"`, {
    hint: nearest ? `Did you mean "${nearest}"?` : `Known: ${known.join(', ')}.`,
  });
}

/**
 * Splits `a,b,c` into trimmed entries.
 *
 * @throws TuttiError `bad_usage` when there is no entry, or an empty one.
 */
export function listEntries(what: string, text: string): string[] {
  const entries = text.split(',').map((entry) => entry.trim());
  if (entries.some((entry) => entry === '')) {
    throw new TuttiError('bad_usage', `${what} "${text}" has an empty entry`, {
      hint: 'Separate the entries by one comma, without one at the end.',
    });
  }
  return entries;
}
