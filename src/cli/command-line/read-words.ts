import { parseArgs } from 'node:util';
import { type OptionTable, spellings } from './option.ts';

/** How help is asked for, of every command. */
export const HELP_SPELLINGS: readonly string[] = ['--help', '-h'];

/** An option as it was written. */
export interface GivenOption {
  /** `--model` or `-m`. */
  readonly spelling: string;
  readonly value: string | undefined;
  /** True when the value stands in the same word. */
  readonly inline: boolean;
  /** The whole word that it stands in. */
  readonly word: string;
}

/** A word that is no option. */
export interface GivenWord {
  readonly word: string;
  /** True behind `--`, where nothing is an option. */
  readonly literal: boolean;
}

type ParserOptions = Record<string, { type: 'string' | 'boolean'; short?: string }>;

/** More letters than a command has options. */
const MAX_GROUP = 64;

/** Hyphens before what begins no name: `-5 + 3`, `- one item`, `--- a rule`. `-?` asks for help elsewhere. */
const NAMELESS = /^-+([^A-Za-z_?-]|$)/;

/** Takes words apart; what they mean is decided by the table. */
export function readWords(
  table: OptionTable,
  words: readonly string[],
): { readonly options: readonly GivenOption[]; readonly positionals: readonly GivenWord[] } {
  const known = new Set([...Object.values(table).flatMap(spellings), ...HELP_SPELLINGS]);
  const config = parserOptions(table);
  const { tokens } = parseArgs({
    args: words.map((word) => (isText(word, known) ? 'text' : shortenGroup(word, config))),
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

/** What stands before a space in a word that would be an option without it: `--model` of `--model a/b`. */
export function quotedName(word: string): string | undefined {
  return /^(-[^=\s]*)\s/.exec(word)?.[1];
}

/** Tells a text that begins with a hyphen from an option: the name of none begins so, or has a space. */
function isText(word: string, known: ReadonlySet<string>): boolean {
  if (word === '--') return false;
  const name = quotedName(word);
  return NAMELESS.test(word) || (name !== undefined && !known.has(name));
}

function parserOptions(table: OptionTable): ParserOptions {
  const config: ParserOptions = { help: { type: 'boolean', short: 'h' } };
  for (const option of Object.values(table)) {
    const short = spellings(option).find((spelling) => /^-[^-]$/.test(spelling));
    for (const long of spellings(option).filter((spelling) => spelling.startsWith('--'))) {
      config[long.slice(2)] = {
        type: option.kind === 'switch' ? 'boolean' : 'string',
        ...(short !== undefined && { short: short.slice(1) }),
      };
    }
  }
  return config;
}

/**
 * Cuts a word such as `-xyz...` short: the parser takes it apart letter by letter, and needs seconds for a long one.
 * Nothing else looks at the cut word.
 */
function shortenGroup(word: string, config: Readonly<ParserOptions>): string {
  if (word.length <= MAX_GROUP || !/^-[^-]/.test(word)) return word;
  const first = Object.values(config).find(({ short }) => short === word[1]);
  return first?.type === 'string' ? word : word.slice(0, MAX_GROUP);
}
