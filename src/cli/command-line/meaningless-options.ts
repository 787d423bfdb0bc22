import { longFlag, type OptionTable } from './option.ts';
import { usageError } from './usage-error.ts';

/** The flags of the options that were given, where `isAsked` holds of their name. */
export function givenFlags(
  options: OptionTable,
  given: Readonly<Record<string, unknown>>,
  isAsked: (option: string) => boolean = () => true,
): string[] {
  return Object.entries(options).flatMap(([option, definition]) => {
    const value = given[option];
    const isGiven = Array.isArray(value) ? value.length > 0 : value !== definition.whenAbsent;
    return isGiven && isAsked(option) ? [longFlag(definition)] : [];
  });
}

/**
 * Refuses options that would be passed over in silence.
 *
 * @param words flags, or what else was given; none: nothing is refused
 * @param reason with what they have no meaning, as the end of a sentence
 * @throws TuttiError `bad_usage` with all of them
 */
export function refuseMeaningless(words: readonly string[], reason: string): void {
  if (words.length === 0) return;
  const have = words.length === 1 ? 'has' : 'have';
  const which = words.length === 1 ? 'it' : 'them';
  throw usageError(`${words.join(', ')} ${have} no meaning with ${reason}.`, `Leave ${which} out.`);
}
