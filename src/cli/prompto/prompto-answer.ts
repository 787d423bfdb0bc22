import { shellWord } from '../../core/shell-word.ts';
import type { TuttiError } from '../../core/tutti-error.ts';
import { usageError } from '../command-line/usage-error.ts';
import { PROMPTO_COMMANDS, type PromptoCommand } from './prompto-commands.ts';
import type { PromptoFlag } from './prompto-flags.ts';

const GUIDE = 'All differences: docs/guide/from-prompto.md';
const MOST_CHARACTERS = 1_000;

/** A flag of prompto as it was written. */
interface GivenFlag {
  readonly flag: PromptoFlag;
  readonly spelling: string;
  readonly value: string | undefined;
}

/**
 * Says what to write in the place of flags of prompto; undefined where there is none among the words.
 *
 * @param command the command that the words were given to, such as `run`
 * @param known the spellings of its own options: only what is none of them shows that the line is prompto's
 */
export function answerPromptoFlags(
  command: string,
  words: readonly string[],
  known: ReadonlySet<string>,
): TuttiError | undefined {
  const prompto = PROMPTO_COMMANDS.find((one) => one.command === command);
  if (prompto === undefined) return undefined;
  const { given, others } = takeApart(prompto, words);
  const foreign = given.filter(({ spelling }) => !known.has(spelling));
  if (foreign.length === 0) return undefined;
  const names = [...new Set(foreign.map(({ spelling }) => spelling))];
  const what = names.length === 1 ? 'is an option' : 'are options';
  const notes = notesOn(foreign);
  return usageError(
    `${names.join(', ')} ${what} of prompto.`,
    [`Here: ${translate(prompto, given, others)}`, ...notes, GUIDE].join('\n'),
  );
}

/** Says what to write in the place of a command of prompto, with or without `prompto_`; undefined for another word. */
export function answerPromptoCommand(words: readonly string[]): TuttiError | undefined {
  const prompto = PROMPTO_COMMANDS.find((one) => isCalled(one, words));
  if (prompto === undefined) return undefined;
  const { name, command, note } = prompto;
  const rest = words.slice(name.split(' ').length);
  const { given, others } = takeApart(prompto, rest);
  const here = command === null ? [] : [`Here: ${translate(prompto, given, others)}`];
  const notes = [...(note === undefined ? [] : [note]), ...notesOn(given)];
  return usageError(`${name} is a command of prompto.`, [...here, ...notes, GUIDE].join('\n'));
}

function isCalled({ name, inPages = [] }: PromptoCommand, words: readonly string[]): boolean {
  return [name, ...inPages].some((one) =>
    one
      .split(' ')
      .every((part, at) => words[at] === part || words[at] === part.replace(/^prompto_/, '')),
  );
}

/** Tells the flags of prompto from all other words. */
function takeApart(
  { flags }: PromptoCommand,
  words: readonly string[],
): { readonly given: readonly GivenFlag[]; readonly others: readonly string[] } {
  const given: GivenFlag[] = [];
  const others: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '--') {
      others.push(...words.slice(at));
      break;
    }
    const [spelling = '', inline] = /^(-[^=]*)=(.*)$/s.exec(word)?.slice(1) ?? [word];
    const flag = flags.find((one) => spellingsOf(one).includes(spelling));
    if (flag === undefined) others.push(word);
    else if (flag.value === undefined || inline !== undefined) {
      given.push({ flag, spelling, value: inline });
    } else given.push({ flag, spelling, value: words[++at] });
  }
  return { given, others };
}

function spellingsOf({ spellings, inPip = [], inPages = [] }: PromptoFlag): readonly string[] {
  return [...spellings, ...inPip, ...inPages];
}

/** The whole command line; what a flag becomes stands where the table has it, so that files come in their order. */
function translate(
  { command, always, flags }: PromptoCommand,
  given: readonly GivenFlag[],
  others: readonly string[],
): string {
  const files: string[] = [];
  const options: string[] = [];
  for (const flag of flags) {
    for (const { value = flag.value ?? '' } of given.filter((one) => one.flag === flag)) {
      const values = flag.isList ? listOf(value) : [value];
      const words = values.map((one) =>
        flag.here.replace('{}', () => shellWord(one, MOST_CHARACTERS)),
      );
      (flag.here === '{}' ? files : options).push(...words.filter((one) => one !== ''));
    }
  }
  const fixed = always === undefined ? [] : [always];
  return [
    'tutti',
    command,
    ...files,
    ...others.map((one) => shellWord(one, MOST_CHARACTERS)),
    ...options,
    ...fixed,
  ].join(' ');
}

/** As prompto reads a list: all spaces are left out, and what is there twice counts once. */
function listOf(text: string): readonly string[] {
  return [...new Set(text.replaceAll(' ', '').split(','))].filter((one) => one !== '');
}

/** What is to know of flags that were given, each once. */
function notesOn(given: readonly GivenFlag[]): readonly string[] {
  const notes = given.flatMap(({ flag, spelling }) =>
    flag.note === undefined ? [] : [`${spelling}: ${flag.note.replaceAll('`', '')}`],
  );
  return [...new Set(notes)];
}
