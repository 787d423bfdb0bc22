import { Argument, CommanderError, Option, Command as Parser } from 'commander';
import { plainLine } from '../../core/plain-text.ts';
import type { Command, CommandInput, OptionTable, OptionValues } from './command.ts';
import { EVERYWHERE } from './common-options.ts';
import { longFlag, type OptionDefinition, spellings } from './option.ts';
import { unknownWord, usageError } from './usage-error.ts';

/** What a command line asks for: to run the command, or only its help. */
export type ParsedCommand =
  | { readonly help: true }
  | {
      readonly help: false;
      readonly input: CommandInput<OptionTable>;
      /** The options that every command has. */
      readonly common: OptionValues<typeof EVERYWHERE>;
    };

/**
 * Reads the words after the command's name.
 *
 * @throws TuttiError `bad_usage` with the nearest right option, or what a value must be.
 */
export function parseCommand(command: Command, words: readonly string[]): ParsedCommand {
  const table: OptionTable = { ...command.options, ...EVERYWHERE };
  const parser = buildParser(command, table);
  try {
    parser.parse([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return { help: true };
    throw explain(error, command, table);
  }
  checkChoices(command, parser.args);
  const given = parser.opts();
  const valuesOf = <Options extends OptionTable>(options: Options) =>
    Object.fromEntries(
      Object.entries(options).map(([name, option]) => [name, given[name] ?? option.initial]),
    ) as OptionValues<Options>;
  return {
    help: false,
    input: { arguments: parser.args, options: valuesOf(command.options) },
    common: valuesOf(EVERYWHERE),
  };
}

function buildParser(command: Command, table: OptionTable): Parser {
  const parser = new Parser(command.name)
    .exitOverride()
    .allowExcessArguments(false)
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
    .showSuggestionAfterError(false);
  parser.helpInformation = () => '';
  for (const { name, required, repeatable } of command.arguments) {
    const word = repeatable ? `${name}...` : name;
    parser.addArgument(new Argument(required ? `<${word}>` : `[${word}]`));
  }
  const help = seeHelp(command);
  for (const [name, option] of Object.entries(table)) {
    parser.addOption(parserOption(name, option, help));
  }
  return parser;
}

function parserOption(name: string, option: OptionDefinition<unknown>, help: string): Option {
  const flags = spellings(option).join(', ');
  const made = new Option(option.kind === 'switch' ? flags : `${flags} <VALUE>`);
  made.attributeName = () => name;
  if (option.kind === 'switch') return made;
  return made.argParser((text: string, before: unknown) => {
    const read = option.parse(text);
    if ('problem' in read) {
      const shown = plainLine(text, 60);
      throw usageError(`${longFlag(option)} ${read.problem}; "${shown}" is not.`, help);
    }
    if (option.kind === 'value') return read.value;
    return [...((before as unknown[] | undefined) ?? []), read.value];
  });
}

function checkChoices(command: Command, words: readonly string[]): void {
  for (const [index, { name, choices }] of command.arguments.entries()) {
    const word = words[index];
    if (!choices || word === undefined || choices.includes(word)) continue;
    throw unknownWord(name, word, choices, `Known: ${choices.join(', ')}.`);
  }
}

/** The error class of the library has no fields but its code: what it is about stands in its message, in quotes. */
function explain(error: CommanderError, command: Command, table: OptionTable): Error {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const help = seeHelp(command);
  switch (error.code) {
    case 'commander.unknownOption': {
      const word = quoted.replace(/=.*/s, '');
      return unknownWord(
        'Option',
        word,
        [...Object.values(table).flatMap(spellings), '--help'],
        help,
      );
    }
    case 'commander.optionMissingArgument': {
      const flags = quoted.replace(' <VALUE>', '');
      return usageError(`${flags} needs a value.`, help);
    }
    case 'commander.missingArgument': {
      const name = quoted.replace('...', '');
      const choices = command.arguments.find((one) => one.name === name)?.choices;
      const known = choices ? ` (${choices.join(', ')})` : '';
      return usageError(`tutti ${command.name} needs ${name}${known}.`, help);
    }
    case 'commander.excessArguments':
      return usageError(
        `tutti ${command.name} takes fewer words than were given.`,
        command.tooManyWords ?? 'Put quotes around a text that has spaces.',
      );
    default:
      return usageError(plainLine(error.message.replace(/^error: /, '')), help);
  }
}

function seeHelp({ name }: Command): string {
  return `See: tutti ${name} --help`;
}
