import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type RunPlace, readExperiment, refuseMistakes } from '../../experiment/index.ts';
import {
  lookAtPrompts,
  type Rephrasing,
  type RephrasingRequest,
  readRephrasing,
} from '../../experiment/rephrase/index.ts';
import { experimentName } from '../../store/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import { modelProblemOf } from './check-judging.ts';
import { refuseReadOnce } from './lasting-file.ts';
import { openMedia } from './media-folder.ts';
import { inputOf, labelOf, pathFrom, type RunRequest } from './run-input.ts';
import { pathBetween } from './run-place.ts';
import type { RunTargets } from './run-targets.ts';

/** A request whose prompts are rephrased first. */
export interface RephraseRequest extends RunRequest {
  readonly rephrasing: RephrasingRequest;
}

/** Reads who rephrases, and how, with paths from the working folder. @throws TuttiError `bad_input` with everything that is wrong */
export function checkedRephrasing(
  request: RephrasingRequest,
  targets: RunTargets,
  workingFolder: string,
): Promise<Rephrasing> {
  const from = (path: string) => pathFrom(workingFolder, path);
  const { folder, template } = request;
  const path = folder === undefined ? template && from(template) : template;
  const located = { ...request, folder: folder && from(folder), template: path };
  return readRephrasing(located, modelProblemOf(targets));
}

/**
 * Reads the experiment whose prompts are rephrased, and checks it as it would be run.
 *
 * @throws TuttiError as a run of it would; `bad_usage` for standard input, which can be read only once, and for a folder
 */
export async function promptsOf(
  { file, limit, typed, media, skipInvalid = false }: RunRequest,
  targets: RunTargets,
  context: Pick<ActionContext, 'workingFolder' | 'clock'>,
) {
  const { workingFolder } = context;
  const path = await lastingPath(file, workingFolder);
  const { findTarget, requests, filling } = targets;
  const input = inputOf({ file }, workingFolder);
  const label = labelOf({ file });
  const how = { input, label, typed, findTarget, requests, filling, limit };
  const pass = await readExperiment({ ...how, media: openMedia({ file, media }, context) });
  refuseMistakes(pass, { label, skipInvalid });
  return await lookAtPrompts({ path, label, typed, requests, limit, skipInvalid });
}

/** Where a run is that is made of an experiment: `rephrase-NAME`, `post-rephrase-NAME`. */
export async function placeBeside(
  start: string,
  { file, name }: RunRequest,
  out: string,
  workingFolder: string,
): Promise<RunPlace> {
  const root = pathFrom(workingFolder, out);
  const path = resolve(workingFolder, file);
  const own = experimentName(`${start}-${name ?? basename(path)}`);
  return { out: root, name: own, inputPath: await pathBetween(root, path) };
}

async function lastingPath(file: string, workingFolder: string): Promise<string> {
  await refuseReadOnce(file, workingFolder);
  const path = resolve(workingFolder, file);
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
  if (!isFolder) return path;
  throw new TuttiError('bad_usage', `${plainLine(file, 1000)} is a folder`, {
    hint: 'Prompts are rephrased from the file of an experiment: name one.',
  });
}
