import { parseArgs } from 'node:util';
import { plainLine } from '../../core/plain-text.ts';
import type { Command, CommandInput, OptionValues } from './command.ts';
import { GLOBAL_OPTIONS } from './common-options.ts';
import { longFlag, type OptionDefinition, type OptionTable, spellings } from './option.ts';
import { unknownWord, usageError } from './usage-error.ts';

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
  const help = seeHelp(command);
  const known = new Map(
    Object.entries(table).flatMap(([name, option]) =>
      spellings(option).map((spelling) => [spelling, name] as const),
    ),
  );
  const given = new Map<string, unknown>();
  for (const one of options) {
    if (one.spelling === '--help' || one.spelling === '-h') return { help: true };
    const name = known.get(one.spelling);
    if (name === undefined) {
      throw unknownWord('Option', unknownSpelling(one), [...known.keys(), '--help'], help);
    }
    const value = readValue(table[name]!, one, known, help);
    const isList = table[name]!.kind === 'repeated';
    given.set(name, isList ? [...((given.get(name) as unknown[]) ?? []), value] : value);
  }
  checkWords(command, positionals, help);
  const valuesOf = <Options extends OptionTable>(some: Options) =>
    Object.fromEntries(
      Object.entries(some).map(([name, option]) => [
        name,
        given.has(name) ? given.get(name) : option.whenAbsent,
      ]),
    ) as OptionValues<Options>;
  return {
    help: false,
    input: { arguments: positionals, options: valuesOf(command.options) },
    common: valuesOf(GLOBAL_OPTIONS),
  };
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
  const args = [...words];
  const { tokens } = parseArgs({
    args,
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options: GivenOption[] = [];
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { rawName: spelling, value, inlineValue = false, index } = token;
    options.push({ spelling, value, inline: inlineValue, word: args[index]! });
  }
  return { options, positionals };
}

/** `-mq` is shown whole, as it was written; the value of `--name=value` is not part of the name. */
function unknownSpelling({ spelling, word }: GivenOption): string {
  return spelling.startsWith('--') ? spelling : word.replace(/=.*/s, '');
}

function readValue(
  option: OptionDefinition<unknown>,
  { spelling, value, inline, word }: GivenOption,
  known: ReadonlyMap<string, string>,
  help: string,
): unknown {
  const flag = longFlag(option);
  if (option.kind === 'switch') {
    if (value !== undefined) throw usageError(`${flag} takes no value.`, help);
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
    if (choices && !choices.includes(word)) {
      throw unknownWord(name, word, choices, `Known: ${choices.join(', ')}.`);
    }
  }
  const takesRest = command.arguments.at(-1)?.repeatable ?? false;
  if (!takesRest && words.length > command.arguments.length) {
    throw usageError(
      `tutti ${command.name} takes fewer words than were given.`,
      command.tooManyWords ?? 'Put quotes around a text that has spaces.',
    );
  }
}

function seeHelp({ name }: Command): string {
  return `See: tutti ${name} --help`;
}
