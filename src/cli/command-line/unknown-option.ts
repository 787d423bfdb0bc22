import type { TuttiError } from '../../core/tutti-error.ts';
import type { Command } from './command.ts';
import { type OptionTable, spellings } from './option.ts';
import { type GivenOption, HELP_SPELLINGS, quotedName } from './read-words.ts';
import { seeHelp, unknownWord, usageError } from './usage-error.ts';

const VERSION_SPELLINGS: readonly string[] = ['--version', '-V', '-v'];

/**
 * Says which option may be meant by one that there is not. `-mq` is shown whole, as it was written; the value of
 * `--name=value` is not part of the name.
 */
export function unknownOption(
  { spelling, word }: GivenOption,
  table: OptionTable,
  command: Command,
): TuttiError {
  if (VERSION_SPELLINGS.includes(spelling)) {
    const message = `tutti ${command.name} has no version of its own.`;
    return usageError(message, 'See: tutti --version');
  }
  const isLong = spelling.startsWith('--');
  const shown = isLong ? spelling : word.replace(/=.*/s, '');
  const instead = insteadOfNegation(spelling, table);
  if (instead !== undefined) return unknownWord('Option', shown, [], instead);
  const known = [...Object.values(table).flatMap(spellings), ...HELP_SPELLINGS];
  // Any two letters are near each other: only the same one in the other case is meant.
  const candidates = known.filter((one) =>
    isLong ? one.startsWith('--') : one.toLowerCase() === shown.toLowerCase(),
  );
  const takesText = !isLong && command.arguments.length > 0;
  const asText = takesText ? '; before a word that begins with "-": --' : '';
  return unknownWord('Option', shown, candidates, `${seeHelp(command.name)}${asText}`);
}

/** An option and its value in one pair of quotes: `"--model a/b"`. */
export function quotedOption(word: string): TuttiError {
  return usageError(
    `A word with a space in it begins with ${quotedName(word)}.`,
    'Take its quotes away; if it is a text: -- before it.',
  );
}

/** What there is where somebody wants `--no-x`, and there is only `--x`, its contrary. */
function insteadOfNegation(spelling: string, table: OptionTable): string | undefined {
  const positive = spelling.replace(/^--no-/, '--');
  const option = Object.values(table).find((one) => spellings(one).includes(positive));
  if (positive === spelling || option === undefined) return undefined;
  return option.kind === 'switch'
    ? `Leave ${positive} out: it is off unless given.`
    : `There is: ${option.flags}  (${option.description})`;
}
