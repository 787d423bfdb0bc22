import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { plainLine } from '../../../core/plain-text.ts';
import { TuttiError } from '../../../core/tutti-error.ts';
import { usageError } from '../../command-line/usage-error.ts';
import type { CliContext } from '../../context/context.ts';

/**
 * Puts the prompt together: the argument, then the file, then standard input when it is no terminal (or
 * the argument is `-`). Empty parts add nothing.
 *
 * @throws TuttiError `bad_usage` when all are empty, `file_missing`, `file_unreadable`.
 */
export async function readPrompt(
  { argument, file }: { readonly argument: string | undefined; readonly file: string | undefined },
  { keyboard, workingFolder }: Pick<CliContext, 'keyboard' | 'workingFolder'>,
): Promise<string> {
  const wantsInput = argument === '-' || file === '-' || !keyboard.isTerminal;
  const parts = [
    argument === '-' ? '' : (argument ?? ''),
    file === undefined || file === '-' ? '' : await readText(resolve(workingFolder, file)),
    wantsInput ? await keyboard.readAll() : '',
  ];
  const prompt = parts
    .map(withoutLineEnds)
    .filter((part) => part.trim() !== '')
    .join('\n\n');
  if (prompt === '') {
    throw usageError('There is no prompt.', 'Give it in quotes: tutti ask "Why is the sky dark?"');
  }
  return prompt;
}

/** A text without the line ends at its end. */
export function withoutLineEnds(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end -= text[end - 2] === '\r' ? 2 : 1;
  return text.slice(0, end);
}

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
