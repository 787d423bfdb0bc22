import { EXIT_CODES } from '../context/exit-code.ts';
import { lastWord } from './choose-command.ts';
import type { Command, CommandGroup } from './command.ts';
import { GLOBAL_OPTIONS } from './common-options.ts';
import type { OptionDefinition } from './option.ts';

/** A term and what it means; the rows of every list in the help. */
type Row = readonly [term: string, meaning: string];

const HELP_ROW: Row = ['-h, --help', 'Show this help'];

/** Renders `tutti --help` from the list of commands. */
export function renderProgramHelp(
  entries: readonly { readonly name: string; readonly summary: string }[],
): string {
  const options: Row[] = [
    ['-h, --help', 'Show this help; after a command, that of the command'],
    ['--version', 'Show the version'],
  ];
  return sections([
    ['tutti asks many LLM endpoints at once.', 'Usage: tutti COMMAND [OPTIONS]'],
    ['Commands:', rows(entries.map(({ name, summary }) => [name, summary]))],
    ['Options:', rows(options)],
    ['Exit codes:', rows(exitCodeRows())],
    ['Without a key:', '  tutti try'],
  ]);
}

/** Renders `tutti COMMAND --help`. */
export function renderCommandHelp(command: Command): string {
  const { description, options, examples } = command;
  const words = command.arguments.map(({ name, description: text, choices }): Row => {
    return [name, choices ? `${text} (${choices.join(', ')})` : text];
  });
  return sections([
    [description, `Usage: ${usageLine(command)}`],
    ['Arguments:', rows(words)],
    ['Options:', rows([...optionRows(options), ...optionRows(GLOBAL_OPTIONS), HELP_ROW])],
    ['Examples:', exampleLines(examples)],
    ['Exit codes:', rows(exitCodeRows(command.exitCodes))],
  ]);
}

/** Renders `tutti GROUP --help`: its commands, each of which has a help of its own. */
export function renderGroupHelp({
  name,
  description,
  commands,
  defaultCommand,
}: CommandGroup): string {
  const otherwise = commands.find((one) => one.name === defaultCommand);
  const list = commands.map((one): Row => {
    const usual = one === otherwise ? ' (when none is named)' : '';
    return [lastWord(one), `${one.summary}${usual}`];
  });
  const examples = commands.flatMap((one) => one.examples);
  return sections([
    [description, `Usage: tutti ${name} ${otherwise ? '[COMMAND]' : 'COMMAND'} [OPTIONS]`],
    ['Commands:', rows(list)],
    ['Options:', rows([[HELP_ROW[0], 'Show this help; after a command, that of the command']])],
    ['Examples:', exampleLines(examples)],
  ]);
}

/** The usage line of a command: `tutti ask [PROMPT] [OPTIONS]`. */
export function usageLine(command: Command): string {
  const words = command.arguments.map(({ name, required, repeatable }) => {
    const word = repeatable ? `${name}...` : name;
    return required ? word : `[${word}]`;
  });
  return ['tutti', command.name, ...words, '[OPTIONS]'].join(' ');
}

/** The meaning of each exit code for a command. */
export function exitCodeRows(special: Command['exitCodes'] = {}): Row[] {
  return Object.entries({ ...EXIT_CODES, ...special });
}

/** What the help says of an option besides its name. */
export function optionMeaning({
  description,
  default: usual,
  kind,
}: OptionDefinition<unknown>): string {
  const repeats = kind === 'repeated' ? '; any number of times' : '';
  return `${description}${repeats}${usual === undefined ? '' : ` (default ${usual})`}`;
}

function exampleLines(examples: readonly Command['examples'][number][]): string {
  return examples.map(({ line, does }) => `  ${does}:\n    ${line}`).join('\n');
}

function optionRows(options: Command['options']): Row[] {
  return Object.values(options).map((option) => [option.flags, optionMeaning(option)]);
}

function rows(list: readonly Row[]): string {
  const width = Math.max(0, ...list.map(([term]) => term.length));
  return list.map(([term, meaning]) => `  ${term.padEnd(width)}  ${meaning}`).join('\n');
}

function sections(list: readonly (readonly [title: string, body: string])[]): string {
  const full = list.filter(([, body]) => body !== '');
  return `${full.map(([title, body]) => `${title}\n${body}`).join('\n\n')}\n`;
}
