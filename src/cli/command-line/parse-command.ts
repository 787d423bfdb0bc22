import { parseArgs } from 'node:util';
import { plainLine } from '../../core/plain-text.ts';
import type { TuttiError } from '../../core/tutti-error.ts';
import type { Command, CommandInput, OptionValues } from './command.ts';
import { GLOBAL_OPTIONS } from './common-options.ts';
import { longFlag, type OptionDefinition, type OptionTable, spellings } from './option.ts';
import { unknownWord, usageError } from './usage-error.ts';

/** Dashes and minus signs that are not the hyphen of the keyboard, then a name. */
const OTHER_DASHES =
  /^[\u2010-\u2015\u2212\ufe58\ufe63\uff0d][-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]*([A-Za-z][A-Za-z-]*)(=.*)?$/s;

/** More letters than a command has options. */
const MAX_GROUP = 64;

const VERSION_SPELLINGS: readonly string[] = ['--version', '-V', '-v'];

/** What a command line asks for: to run the command, or only its help. */
export type ParsedCommand =
  | { readonly help: true }
  | {
      readonly help: false;
      readonly input: CommandInput<OptionTable>;
      /** The options that every command has. */
      readonly common: OptionValues<typeof GLOBAL_OPTIONS>;
    };

/** An option as it was written. */
interface GivenOption {
  /** `--model` or `-m`. */
  readonly spelling: string;
  readonly value: string | undefined;
  /** True when the value stands in the same word. */
  readonly inline: boolean;
  /** The whole word that it stands in. */
  readonly word: string;
}

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
  const help = seeHelp(command);
  const known = new Map(
    Object.entries(table).flatMap(([name, option]) =>
      spellings(option).map((spelling) => [spelling, name] as const),
    ),
  );
  const given = new Map<string, unknown>();
  for (const one of options) {
    const name = known.get(one.spelling);
    if (name === undefined) throw unknownOption(one, [...known.keys(), '--help'], command);
    const value = readValue(table[name]!, one, known, help);
    const list = given.get(name);
    if (Array.isArray(list) && table[name]!.kind === 'repeated') list.push(value);
    else given.set(name, table[name]!.kind === 'repeated' ? [value] : value);
  }
  refuseOtherDashes(positionals, known);
  const rest = positionals.map(({ word }) => word);
  checkWords(command, rest, help);
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

/** A word that is no option. */
interface GivenWord {
  readonly word: string;
  /** True behind `--`, where nothing is an option. */
  readonly literal: boolean;
}

/** Takes words apart; what they mean is decided by the table. */
function readWords(table: OptionTable, words: readonly string[]) {
  const config: Record<string, { type: 'string' | 'boolean'; short?: string }> = {
    help: { type: 'boolean', short: 'h' },
  };
  for (const option of Object.values(table)) {
    const short = spellings(option).find((spelling) => /^-[^-]$/.test(spelling));
    for (const long of spellings(option).filter((spelling) => spelling.startsWith('--'))) {
      config[long.slice(2)] = {
        type: option.kind === 'switch' ? 'boolean' : 'string',
        ...(short !== undefined && { short: short.slice(1) }),
      };
    }
  }
  const args = words.map((word) => shortenGroup(word, config));
  const { tokens } = parseArgs({
    args,
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options: GivenOption[] = [];
  const positionals: GivenWord[] = [];
  let literal = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') literal = true;
    if (token.kind === 'positional') positionals.push({ word: words[token.index]!, literal });
    if (token.kind !== 'option') continue;
    const { rawName: spelling, inlineValue: inline = false, index } = token;
    const value = token.value === undefined || inline ? token.value : words[index + 1];
    options.push({ spelling, value, inline, word: words[index]! });
  }
  return { options, positionals };
}

/**
 * Cuts a word such as `-xyz...` short: the parser takes it apart letter by letter, and needs seconds for a long one.
 * Nothing else looks at the cut word.
 */
function shortenGroup(
  word: string,
  config: Readonly<Record<string, { readonly type: string; readonly short?: string }>>,
): string {
  if (word.length <= MAX_GROUP || !/^-[^-]/.test(word)) return word;
  const first = Object.values(config).find(({ short }) => short === word[1]);
  return first?.type === 'string' ? word : word.slice(0, MAX_GROUP);
}

function asksForHelp({ spelling }: GivenOption): boolean {
  return spelling === '--help' || spelling === '-h';
}

/** `-mq` is shown whole, as it was written; the value of `--name=value` is not part of the name. */
function unknownOption(
  { spelling, word }: GivenOption,
  known: readonly string[],
  command: Command,
): TuttiError {
  if (VERSION_SPELLINGS.includes(spelling)) {
    const message = `tutti ${command.name} has no version of its own.`;
    return usageError(message, 'See: tutti --version');
  }
  const isLong = spelling.startsWith('--');
  const shown = isLong ? spelling : word.replace(/=.*/s, '');
  // Any two letters are near each other: only the same one in the other case is meant.
  const candidates = isLong
    ? known
    : known.filter((one) => one.toLowerCase() === shown.toLowerCase());
  const asWord = command.arguments.length > 0 ? `; before a word that begins with "-": --` : '';
  return unknownWord('Option', shown, candidates, `${seeHelp(command)}${isLong ? '' : asWord}`);
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
  if (!inline && (known.has(value) || value === '--help')) {
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

function checkWords(command: Command, words: readonly string[], help: string): void {
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
    'Put quotes around a text that has spaces; give an option once for each of its values.',
  );
}

function seeHelp({ name }: Command): string {
  return `See: tutti ${name} --help`;
}
