import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type FoundRun, GIVEN_NAME, type RunPlace } from '../../experiment/index.ts';
import { experimentName } from '../../store/index.ts';
import { pathFrom } from './run-input.ts';

/** What a run's place is found from. */
export interface PlaceRequest {
  /** Path of the experiment, or of a run's folder; `-` is standard input. */
  readonly file: string;
  /** True for a folder of prompts; default false. */
  readonly promptFolder?: boolean | undefined;
  readonly out: string;
  /** A name for the run, in place of its input's path. */
  readonly name?: string | undefined;
  readonly workingFolder: string;
}

/** Where a run is, and from what it is read. */
export interface FoundPlace {
  readonly place: RunPlace;
  /** The input, as `inputOf` takes it. */
  readonly file: string;
  /** The run whose folder was named. */
  readonly only?: FoundRun | undefined;
}

/**
 * Finds where the runs of an input are: by its path, by the name that was given, or by the run's own folder. What has
 * no lasting path (standard input, pipes, devices) gets a new run each time.
 *
 * @throws TuttiError `bad_usage` for a folder without a run, or with one that another command goes on with; `file_unreadable`, `newer_format`
 */
export async function findPlace(request: PlaceRequest): Promise<FoundPlace> {
  const { file, name, workingFolder } = request;
  const out = pathFrom(workingFolder, request.out);
  if (name !== undefined) {
    const own = experimentName(name);
    return { file, place: { out, name: own, inputPath: `${GIVEN_NAME}${own}` } };
  }
  if (file === '-') return { file, place: { out, name: 'stdin', inputPath: null } };
  const path = resolve(workingFolder, file);
  const status = await stat(path).catch(() => undefined);
  if (status?.isDirectory() && !request.promptFolder) {
    const { placeOfFolder } = await import('./place-of-folder.ts');
    return placeOfFolder(pathFrom(workingFolder, file), path);
  }
  // A pipe's name is another one's tomorrow.
  if (status !== undefined && !status.isFile() && !status.isDirectory()) {
    return { file, place: { out, name: 'stdin', inputPath: null } };
  }
  const inputPath = await pathBetween(resolve(out), path);
  return { file, place: { out, name: experimentName(path), inputPath } };
}

/** The input's path from the output folder on, the same wherever both are moved together; the last link is not followed. */
export async function pathBetween(out: string, path: string): Promise<string> {
  const real = join(await realFolder(dirname(path)), basename(path));
  return relative(await realFolder(out), real)
    .split(sep)
    .join('/');
}

/** Folders that are not there yet have no links. */
async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(await realFolder(above), basename(path));
  }
}
