import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type FileLayer, fileError, nodeFiles } from '../../io/index.ts';

/** A folder in which experiments wait, and where what becomes of them is kept. */
export interface PipelineFolder {
  /** Experiments are put here. */
  readonly input: string;
  /** The folders of their runs. */
  readonly output: string;
  readonly media: string;
  /** Files that are no experiments, each with what is wrong with it. */
  readonly failed: string;
  /** Held by who works on it. */
  readonly lock: string;
  /** What `run.json` says of the place of an input: the way from `output` to `input`, with a slash at its end. */
  readonly inputPrefix: string;
}

/**
 * Opens a pipeline folder, which must be there; the folders in it are made.
 *
 * @throws TuttiError `file_missing` when there is no such folder, `file_unwritable` when nothing can be made in it.
 */
export async function openPipelineFolder(
  path: string,
  files: FileLayer = nodeFiles,
): Promise<PipelineFolder> {
  const status = await files.stat(path).catch(() => undefined);
  if (!status?.isDirectory) {
    const what = status === undefined ? 'does not exist' : 'is not a folder';
    throw new TuttiError('file_missing', `${plainLine(path, 500)} ${what}`, {
      hint: 'Make the folder: experiments are put into its input/.',
    });
  }
  const [input, output, media, failed] = ['input', 'output', 'media', 'failed'].map((name) =>
    join(path, name),
  ) as [string, string, string, string];
  try {
    for (const folder of [input, output, media, failed]) await files.mkdir(folder, true);
  } catch (cause) {
    throw await fileError(cause, path, 'write');
  }
  const way = relative(await realpath(output), await realpath(input));
  const inputPrefix = `${way.split(sep).join('/')}/`;
  return { input, output, media, failed, lock: join(path, '.watching'), inputPrefix };
}
