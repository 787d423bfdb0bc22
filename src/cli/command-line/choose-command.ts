import { nearestName } from '../../core/nearest-name.ts';
import type { Command, CommandGroup } from './command.ts';
import { lastWord } from './command-name.ts';
import { unknownWord, usageError } from './usage-error.ts';

/** A command, or a group of which only the help is wanted, and the words that are left. */
export interface ChosenCommand {
  readonly command: Command | CommandGroup;
  readonly words: readonly string[];
}

/** Tells a group from a command. */
export function isGroup(command: Command | CommandGroup): command is CommandGroup {
  return 'commands' in command;
}

/**
 * Finds the command of a group that the first word names.
 *
 * @throws TuttiError `bad_usage` with the nearest command when there is none of that name, or none is named and
 *   there is no default.
 */
export function chooseCommand(
  command: Command | CommandGroup,
  words: readonly string[],
): ChosenCommand {
  if (!isGroup(command)) return { command, words };
  const { name, commands, defaultCommand, defaultTakesWords = false } = command;
  const [first, ...rest] = words;
  const named = commands.find((one) => lastWord(one) === first);
  if (named) return { command: named, words: rest };
  if (first === '--help' || first === '-h' || first === 'help') return { command, words };
  const otherwise = commands.find((one) => one.name === defaultCommand);
  if (otherwise && (first === undefined || first.startsWith('-') || defaultTakesWords)) {
    return { command: otherwise, words };
  }
  const known = commands.map(lastWord);
  if (first === undefined || first.startsWith('-')) {
    throw usageError(
      `tutti ${name} needs a command: ${known.join(', ')}.`,
      `See: tutti ${name} --help`,
    );
  }
  // A word that is near no command is not shown: it may be a key.
  if (nearestName(first, known) === undefined) {
    throw usageError(`tutti ${name} has no such command.`, `Known: ${known.join(', ')}.`);
  }
  throw unknownWord('Command', first, known, '');
}
