import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { TuttiError } from '../../core/tutti-error.ts';
import type { FoundRun } from '../../experiment/index.ts';
import { RunMedia } from '../../media/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import { pathFrom, type RunRequest } from './run-input.ts';

/** What an experiment's folder of media is found from. */
export interface MediaRequest extends Pick<RunRequest, 'file' | 'media'> {
  /** The run whose folder was named; default: none was. */
  readonly only?: FoundRun | undefined;
}

/** Opens the media of an experiment: the files of the one folder that its rows may name. */
export function openMedia(
  { file, media, only }: MediaRequest,
  { workingFolder, clock }: Pick<ActionContext, 'workingFolder' | 'clock'>,
): RunMedia {
  const folder =
    media === undefined
      ? (folderOfRun(only) ?? usualFolder(file, workingFolder))
      : pathFrom(workingFolder, media);
  return new RunMedia({ folder, clock });
}

/** Beside a folder `input`, as prompto has it; else where the experiment is. */
function usualFolder(file: string, workingFolder: string): string {
  if (file === '-') return workingFolder;
  const folder = dirname(resolve(workingFolder, file));
  return basename(folder) === 'input' ? join(dirname(folder), 'media') : folder;
}

/** A run's folder of media as `run.json` has it: seen from the folder that all runs are below. */
export function mediaFolderFrom(out: string, folder: string): string {
  return relative(resolve(out), resolve(folder)).split(sep).join('/');
}

function folderOfRun(only: FoundRun | undefined): string | undefined {
  const folder = only?.state.media_folder;
  if (only === undefined || typeof folder !== 'string') return undefined;
  return resolve(only.folder.path, '..', '..', folder);
}

/**
 * A run that came from somebody else must not choose which of this user's files are sent.
 *
 * @throws TuttiError `run_unknown`
 */
export function refuseForeignFolder({ media, only }: MediaRequest, { folder, digest }: RunMedia) {
  if (media !== undefined || only === undefined || digest === null) return;
  throw new TuttiError(
    'run_unknown',
    `The run in ${only.folder.path} was not begun here, and it names ${folder} as the folder of its media`,
    { hint: 'If its rows may have the files of that folder, name it with --media.' },
  );
}
