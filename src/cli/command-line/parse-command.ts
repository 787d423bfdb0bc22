import { plainLine } from '../../core/plain-text.ts';
import type { Command, CommandInput, OptionValues } from './command.ts';
import { GLOBAL_OPTIONS } from './common-options.ts';
import { longFlag, type OptionDefinition, type OptionTable, spellings } from './option.ts';
import {
  type GivenOption,
  type GivenWord,
  HELP_SPELLINGS,
  quotedName,
  readWords,
} from './read-words.ts';
import { quotedOption, unknownOption } from './unknown-option.ts';
import { seeHelp, unknownWord, usageError } from './usage-error.ts';

/** Dashes and minus signs that are not the hyphen of the keyboard, then a name. */
const OTHER_DASHES =
  /^[\u2010-\u2015\u2212\ufe58\ufe63\uff0d][-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]*([A-Za-z][A-Za-z-]*)(=.*)?$/s;

/** What a command line asks for: to run the command, or only its help. */
export type ParsedCommand =
  | { readonly help: true }
  | {
      readonly help: false;
      readonly input: CommandInput<OptionTable>;
      /** The options that every command has. */
      readonly common: OptionValues<typeof GLOBAL_OPTIONS>;
    };

/**
 * Reads the words after the command's name.
 *
 * @throws TuttiError `bad_usage` with the nearest right option, or what a value must be.
 */
export function parseCommand(command: Command, words: readonly string[]): ParsedCommand {
  const table: OptionTable = { ...command.options, ...GLOBAL_OPTIONS };
  const { options, positionals } = readWords(table, words);
  // Whoever asks for help shall get it, whatever else is wrong with the line.
  if (options.some(asksForHelp)) return { help: true };
  const help = seeHelp(command.name);
  const known = new Map(
    Object.entries(table).flatMap(([name, option]) =>
      spellings(option).map((spelling) => [spelling, name] as const),
    ),
  );
  const given = new Map<string, unknown>();
  for (const one of options) {
    const name = known.get(one.spelling);
    if (quotedName(one.word) !== undefined) throw quotedOption(one.word);
    if (name === undefined) throw unknownOption(one, table, command);
    const option = table[name]!;
    const value = readValue(option, one, known, help);
    refuseSecondValue(option, given, name, value);
    const list = given.get(name);
    if (Array.isArray(list) && option.kind === 'repeated') list.push(value);
    else given.set(name, option.kind === 'repeated' ? [value] : value);
  }
  refuseOtherDashes(positionals, known);
  checkWords(command, positionals, known, help);
  const rest = positionals.map(({ word }) => word);
  const valuesOf = <Options extends OptionTable>(some: Options) =>
    Object.fromEntries(
      Object.entries(some).map(([name, option]) => [
        name,
        given.has(name) ? given.get(name) : option.whenAbsent,
      ]),
    ) as OptionValues<Options>;
  return {
    help: false,
    input: { arguments: rest, options: valuesOf(command.options) },
    common: valuesOf(GLOBAL_OPTIONS),
  };
}

function asksForHelp({ spelling }: GivenOption): boolean {
  return HELP_SPELLINGS.includes(spelling);
}

/** The first of two files or texts would be lost in silence. What an alias may hold can be said anew. */
function refuseSecondValue(
  option: OptionDefinition<unknown>,
  given: ReadonlyMap<string, unknown>,
  name: string,
  value: unknown,
): void {
  const isSecond = option.kind === 'value' && !option.lastCounts && given.has(name);
  if (!isSecond || given.get(name) === value) return;
  throw usageError(`${longFlag(option)} is there twice, and takes one value.`, 'Give it once.');
}

/** An option whose hyphens a word processor or a page has made dashes would else be a word, or a file. */
function refuseOtherDashes(
  positionals: readonly GivenWord[],
  known: ReadonlyMap<string, string>,
): void {
  for (const { word, literal } of positionals) {
    const [, name = '', value = ''] = OTHER_DASHES.exec(word) ?? [];
    const meant = [`--${name}`, `-${name}`].find((spelling) => known.has(spelling));
    if (literal || meant === undefined) continue;
    throw usageError(
      `"${plainLine(word, 60)}" begins with a dash that is no hyphen.`,
      `Did you mean ${meant}${plainLine(value, 60)}? If it is a word: -- before it.`,
    );
  }
}

function readValue(
  option: OptionDefinition<unknown>,
  { spelling, value, inline, word }: GivenOption,
  known: ReadonlyMap<string, string>,
  help: string,
): unknown {
  const flag = longFlag(option);
  if (option.kind === 'switch') {
    if (value !== undefined) throw usageError(`${spelling} takes no value.`, help);
    return !isNegation(spelling, option);
  }
  if (value === undefined) throw usageError(`${spellings(option).join(', ')} needs a value.`, help);
  const isShort = !spelling.startsWith('--');
  if (isShort && inline && !value.startsWith('=')) {
    const right = `${spelling} ${plainLine(value, 60)}`;
    throw usageError(
      `${plainLine(word, 60)} is no option: ${spelling} takes its value after a space or "=".`,
      `Did you mean ${right}?`,
    );
  }
  if (!inline && (known.has(value) || HELP_SPELLINGS.includes(value))) {
    throw usageError(
      `${spellings(option).join(', ')} needs a value; ${value} is an option.`,
      `If it is the value: ${flag}=${value}`,
    );
  }
  const text = isShort && inline ? value.slice(1) : value;
  const read = option.parse(text);
  if ('value' in read) return read.value;
  throw usageError(`${flag} ${read.problem}; "${plainLine(text, 60)}" is not.`, help);
}

/** `--no-stream` of an option that is also spelt `--stream`. */
function isNegation(spelling: string, option: OptionDefinition<unknown>): boolean {
  const positive = spelling.replace(/^--no-/, '--');
  return positive !== spelling && spellings(option).includes(positive);
}

function checkWords(
  command: Command,
  given: readonly GivenWord[],
  known: ReadonlyMap<string, string>,
  help: string,
): void {
  const words = given.map(({ word }) => word);
  for (const [index, { name, required, choices }] of command.arguments.entries()) {
    const word = words[index];
    if (word === undefined) {
      if (!required) continue;
      const known = choices ? ` (${choices.join(', ')})` : '';
      throw usageError(`tutti ${command.name} needs ${name}${known}.`, help);
    }
    // What an unset variable of the shell leaves.
    if (word === '') throw usageError(`${name} is empty.`, help);
    if (choices && !choices.includes(word)) {
      throw unknownWord(name, word, choices, `Known: ${choices.join(', ')}.`);
    }
  }
  const takesRest = command.arguments.at(-1)?.repeatable ?? false;
  const tooMany = takesRest ? undefined : words[command.arguments.length];
  if (tooMany === undefined) return;
  // Where a command says what to do about it, the word may be a secret.
  if (command.tooManyWords !== undefined) {
    throw usageError(`Too many arguments for tutti ${command.name}.`, command.tooManyWords);
  }
  throw usageError(
    `Too many arguments for tutti ${command.name}, from "${plainLine(tooMany, 60)}" on.`,
    given[command.arguments.length]!.literal && known.has(tooMany)
      ? 'Behind -- nothing is an option: write options before it.'
      : 'Put quotes around a text that has spaces; give an option once for each of its values.',
  );
}
