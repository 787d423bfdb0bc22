import { join } from 'node:path';
import { plainText } from '../../core/plain-text.ts';
import type { TuttiError } from '../../core/tutti-error.ts';
import { type FileLayer, nodeFiles, writeFileAtomically } from '../../io/index.ts';
import type { InputFile } from './input-files.ts';
import { freeName, moveFile } from './move-file.ts';
import type { PipelineFolder } from './pipeline-folder.ts';

/**
 * Puts a file that cannot be run aside, with what is wrong with it in `NAME.error.txt` beside it.
 *
 * @returns where it is now
 * @throws TuttiError `file_unwritable`, `disk_full`
 */
export async function refuseInput(
  { name, path }: InputFile,
  { message, hint }: Pick<TuttiError, 'message' | 'hint'>,
  { failed }: Pick<PipelineFolder, 'failed'>,
  files: FileLayer = nodeFiles,
): Promise<string> {
  const to = join(failed, await freeName(failed, name, files));
  await moveFile(path, to, files);
  const text = hint === undefined ? message : `${message}\n${hint}`;
  await writeFileAtomically(`${to}.error.txt`, `${plainText(text)}\n`, { files });
  return to;
}
