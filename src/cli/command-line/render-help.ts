import { EXIT_CODES } from '../context/exit-code.ts';

import type { Command, CommandGroup } from './command.ts';
import { lastWord } from './command-name.ts';
import { GLOBAL_OPTIONS } from './common-options.ts';
import type { OptionDefinition } from './option.ts';

/** A term and what it means; the rows of every list in the help. */
type Row = readonly [term: string, meaning: string];

/** The largest share of the width that terms take. */
const WIDEST_TERM = 0.4;
/** Cells between a term and what it means. */
const GAP = 2;

const HELP_ROW: Row = ['-h, --help', 'Show this help'];

/** Renders `tutti --help` from the list of commands, no line wider than `width` cells where words allow it. */
export function renderProgramHelp(
  entries: readonly { readonly name: string; readonly summary: string }[],
  width: number,
): string {
  const options: Row[] = [
    ['-h, --help', 'Show this help; after a command, that of the command'],
    ['-v, --version', 'Show the version'],
  ];
  return sections([
    ['', paragraph('tutti asks many LLM endpoints at once.', width)],
    ['', 'Usage: tutti COMMAND [OPTIONS]'],
    [
      'Commands:',
      rows(
        entries.map(({ name, summary }) => [name, summary]),
        width,
      ),
    ],
    ['Options:', rows(options, width)],
    ['Exit codes:', rows(exitCodeRows(), width)],
    ['Without a key:', '  tutti try'],
  ]);
}

/** Renders `tutti COMMAND --help`; `width` as for the program's. */
export function renderCommandHelp(command: Command, width: number): string {
  const { description, options, examples } = command;
  const words = command.arguments.map(({ name, description: text, choices }): Row => {
    return [name, choices ? `${text} (${choices.join(', ')})` : text];
  });
  return sections([
    ['', paragraph(description, width)],
    ['', `Usage: ${usageLine(command)}`],
    ['Arguments:', rows(words, width)],
    ['Options:', rows([...optionRows(options), ...optionRows(GLOBAL_OPTIONS), HELP_ROW], width)],
    ['Examples:', exampleLines(examples, width)],
    ['Exit codes:', rows(exitCodeRows(command.exitCodes), width)],
  ]);
}

/** Renders `tutti GROUP --help`: its commands, each of which has a help of its own; `width` as for the program's. */
export function renderGroupHelp(
  { name, description, commands, defaultCommand }: CommandGroup,
  width: number,
): string {
  const otherwise = commands.find((one) => one.name === defaultCommand);
  const list = commands.map((one): Row => {
    const usual = one === otherwise ? ' (when none is named)' : '';
    return [lastWord(one), `${one.summary}${usual}`];
  });
  const examples = commands.flatMap((one) => one.examples);
  // Where options follow the group's name at once, as in the examples, they are the usual command's.
  const whose = otherwise === undefined ? '' : `: tutti ${otherwise.name} --help`;
  const help = `Show this help; after a command, that of the command${whose}`;
  return sections([
    ['', paragraph(description, width)],
    ['', paragraph(`Usage: tutti ${name} ${otherwise ? '[COMMAND]' : 'COMMAND'} [OPTIONS]`, width)],
    ['Commands:', rows(list, width)],
    ['Options:', rows([[HELP_ROW[0], help]], width)],
    ['Examples:', exampleLines(examples, width)],
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

/** The meaning of each exit code that a command can have. */
export function exitCodeRows(special: Command['exitCodes'] = {}): Row[] {
  return Object.entries({ ...EXIT_CODES, ...special }).flatMap(([code, meaning]): Row[] =>
    meaning === null ? [] : [[code, meaning]],
  );
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

/** A command line is never broken: it is there to be copied. */
function exampleLines(examples: readonly Command['examples'][number][], width: number): string {
  return examples
    .flatMap(({ line, does }) => [...indented(`${does}:`, 2, width), `    ${line}`])
    .join('\n');
}

function optionRows(options: Command['options']): Row[] {
  return Object.values(options).map((option) => [option.flags, optionMeaning(option)]);
}

/** Terms with what they mean beside them; under a term that would leave too little room beside it. */
function rows(list: readonly Row[], width: number): string {
  const longest = Math.max(0, ...list.map(([term]) => term.length));
  const room = Math.min(longest, Math.floor(width * WIDEST_TERM));
  return list
    .flatMap(([term, meaning]) => {
      const [first = '', ...more] = indented(meaning, 2 + room + GAP, width);
      return term.length > room
        ? [`  ${term}`, first, ...more]
        : [`  ${term.padEnd(room)}${' '.repeat(GAP)}${first.trimStart()}`, ...more];
    })
    .join('\n');
}

function indented(text: string, indent: number, width: number): string[] {
  return wrapWords(text, width - indent).map((line) => `${' '.repeat(indent)}${line}`);
}

function paragraph(text: string, width: number): string {
  return wrapWords(text, width).join('\n');
}

function sections(list: readonly (readonly [title: string, body: string])[]): string {
  const full = list.filter(([, body]) => body !== '');
  const blocks = full.map(([title, body]) => (title === '' ? body : `${title}\n${body}`));
  return `${blocks.join('\n\n')}\n`;
}

/**
 * Wraps a text of our own, which is ASCII, at spaces; a word that is longer than `width` stays whole. (What others
 * have written is wrapped by `terminal/wrap-text`, whose tables of widths would slow `--help` down.)
 */
function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
