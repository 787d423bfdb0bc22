import { isUtf8 } from 'node:buffer';
import { constants } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { withoutLineEnds } from '../../core/without-line-ends.ts';
import { type FileLayer, fileError, nodeFiles } from '../../io/index.ts';

const EXTENSION = /\.txt$/i;
/** A prompt is no data set. */
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_SHOWN = 20;
/** A pipe under such a name is not waited for. Windows has no such flag. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Reads a folder of prompts as JSON lines: a `.txt` file is a row, without the line ends at its end; its name without `.txt`
 * is the id. Names are taken in the order of their characters; other files, and folders, are left alone.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`; `bad_input` with every file that is no prompt, and for none
 */
export async function* promptFolderRows(
  folder: string,
  files: FileLayer = nodeFiles,
): AsyncGenerator<Buffer, void> {
  const names = await namesIn(folder, files);
  const inside = (await realpath(folder)) + sep;
  const problems: string[] = [];
  for (const name of names) {
    const read = await readPromptFile(join(folder, name), inside, files);
    if ('problem' in read) problems.push(`${plainLine(join(folder, name), 500)} ${read.problem}`);
    else {
      const row = { id: name.replace(EXTENSION, ''), prompt: read.prompt };
      yield Buffer.from(`${JSON.stringify(row)}\n`);
    }
  }
  if (problems.length === 0) return;
  const more = problems.length - MAX_SHOWN;
  const shown = [...problems.slice(0, MAX_SHOWN), ...(more > 0 ? [`… and ${more} more`] : [])];
  throw new TuttiError('bad_input', shown.join('\n'), {});
}

async function namesIn(folder: string, files: FileLayer): Promise<readonly string[]> {
  const all = await files.list(folder).catch(async (cause: unknown) => {
    throw await fileError(cause, folder, 'read');
  });
  const names = all.filter((name) => EXTENSION.test(name)).sort();
  if (names.length > 0) return names;
  throw new TuttiError('bad_input', `${plainLine(folder, 500)} holds no .txt file`, {
    hint: 'Each .txt file of the folder is a prompt.',
  });
}

type ReadPrompt = { readonly prompt: string } | { readonly problem: string };

async function readPromptFile(path: string, inside: string, files: FileLayer): Promise<ReadPrompt> {
  try {
    // A link out of the folder, which may be somebody's, would send what the user never meant to.
    if (!(await realpath(path)).startsWith(inside))
      return { problem: 'is a link out of the folder' };
    const fd = await files.open(path, READ);
    try {
      const { isFile, size } = await files.fstat(fd);
      if (!isFile) return { problem: 'is no file' };
      if (size > MAX_BYTES) return { problem: `has more than ${MAX_BYTES / 1024 / 1024} MB` };
      return promptIn(await readBytes(fd, size, files));
    } finally {
      await files.close(fd);
    }
  } catch (cause) {
    const { message } = await fileError(cause, path, 'read');
    return { problem: `cannot be read: ${message}` };
  }
}

async function readBytes(fd: number, size: number, files: FileLayer): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  let length = 0;
  while (length < size) {
    const count = await files.read(fd, bytes, length, size - length, null);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

function promptIn(bytes: Buffer): ReadPrompt {
  if (!isUtf8(bytes)) return { problem: 'is not valid UTF-8' };
  const prompt = withoutLineEnds(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  return prompt.trim() === '' ? { problem: 'is empty' } : { prompt };
}
