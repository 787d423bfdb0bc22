import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { withoutLineEnds } from '../../core/without-line-ends.ts';
import type { CliContext } from '../context/context.ts';
import { onceOption, optionalSwitch } from './option.ts';
import { path } from './option-values.ts';
import { usageError } from './usage-error.ts';

/** The argument of commands that ask one prompt. */
export const PROMPT_ARGUMENT = {
  name: 'PROMPT',
  description: 'The question; - reads standard input. What is piped in is added at its end',
  required: false,
} as const;

/** Where a prompt may come from besides. */
export const PROMPT_OPTIONS = {
  file: onceOption('--file FILE', 'Take the prompt from a file', path),
  stdin: optionalSwitch(
    '--stdin, --no-stdin',
    'Add standard input to the prompt, however long it takes; or leave it alone',
    'what is piped in is added',
  ),
} as const;

/** Where a prompt comes from. */
export interface PromptSources {
  /** `-` stands for standard input. */
  readonly argument: string | undefined;
  /** `-` stands for standard input. */
  readonly file: string | undefined;
  /** True waits for standard input, false leaves it alone; default: as its kind suggests. */
  readonly stdin?: boolean | undefined;
}

type Surroundings = Pick<CliContext, 'keyboard' | 'workingFolder' | 'stderr' | 'clock'>;

const SILENCE_MS = 1_000;

/**
 * Puts the prompt together: the argument, then the file, then standard input when it is no terminal (or
 * the argument is `-`). Empty parts add nothing.
 *
 * @throws TuttiError `bad_usage` when all are empty, `file_missing`, `file_unreadable`.
 */
export async function readPrompt(
  sources: PromptSources,
  surroundings: Surroundings,
): Promise<string> {
  const { argument, file, stdin } = sources;
  const named = argument === '-' || file === '-';
  if (named && stdin === false) {
    throw usageError('"-" is standard input, and --no-stdin leaves it alone.', 'Give one of them.');
  }
  const given = [
    argument === '-' ? '' : (argument ?? ''),
    file === undefined || file === '-'
      ? ''
      : await readText(resolve(surroundings.workingFolder, file)),
  ].filter((part) => part.trim() !== '');
  const isWanted = stdin ?? (named ? true : undefined);
  const parts = [...given, await readInput(isWanted, given.length > 0, surroundings)];
  const prompt = parts
    .map(withoutLineEnds)
    .filter((part) => part.trim() !== '')
    .join('\n\n');
  if (prompt === '') {
    if (named) {
      throw usageError('There is no prompt: standard input was empty.', 'Pipe text into it.');
    }
    throw usageError('There is no prompt.', 'Give it in quotes, such as "Why is the sky dark?"');
  }
  return prompt;
}

/**
 * Reads standard input if it is meant. With a prompt that is there already, a file that another program reads is that
 * program's, and a socket that stays silent is none that anybody writes to: programs that start others often leave one
 * open. A pipe is waited for.
 */
async function readInput(
  wanted: boolean | undefined,
  hasPrompt: boolean,
  { keyboard, stderr, clock }: Surroundings,
): Promise<string> {
  const { source } = keyboard;
  if (wanted === false || (wanted === undefined && source === 'terminal')) return '';
  const isSure = wanted === true || !hasPrompt;
  if (!isSure && source === 'begun') {
    stderr.write('standard input is a file that another program reads: left alone (--stdin)\n');
    return '';
  }
  if (source === 'terminal') return keyboard.readAll();
  return keyboard.readAll({
    clock,
    afterMs: SILENCE_MS,
    onSilence: () => {
      const leaves = !isSure && source === 'socket';
      stderr.write(leaves ? LEFT : hasPrompt ? WAITING : WAITING_FOR_PROMPT);
      return leaves ? 'leave' : 'wait';
    },
  });
}

const WAITING = 'waiting for standard input; `< /dev/null` or `--no-stdin` goes on without it\n';
const WAITING_FOR_PROMPT = 'waiting for the prompt, from standard input\n';
const LEFT = 'standard input stays silent: left alone (--stdin waits for it)\n';

async function readText(path: string): Promise<string> {
  const shown = plainLine(path);
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    if (code === 'ENOENT') throw new TuttiError('file_missing', `${shown} does not exist.`);
    const why = code === 'EISDIR' ? 'is a folder' : `cannot be read (${code})`;
    throw new TuttiError('file_unreadable', `${shown} ${why}.`);
  }
}
