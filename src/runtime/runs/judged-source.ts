import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { RunPlace } from '../../experiment/index.ts';
import { judgeName } from '../../experiment/judge/index.ts';
import { experimentName, readRunState, runFolder } from '../../store/index.ts';
import { refuseReadOnce } from './lasting-file.ts';
import { refuseWithoutRecords } from './map-folder.ts';
import { pathFrom } from './run-input.ts';
import { pathBetween } from './run-place.ts';

/** Answers, and where the run goes that judges them. */
export interface JudgedPlace {
  /** The file of records. */
  readonly path: string;
  readonly place: RunPlace;
}

/**
 * Finds the answers of a run's folder, or of a file of records, and the place of the run that judges them. All runs of an
 * experiment have one place.
 *
 * @throws TuttiError `file_missing` for a run without results, `bad_usage` for a folder without a run, and for what can be
 *   read only once
 */
export async function findAnswers(
  file: string,
  out: string,
  workingFolder: string,
): Promise<JudgedPlace> {
  await refuseReadOnce(file, workingFolder);
  const root = pathFrom(workingFolder, out);
  const path = resolve(workingFolder, file);
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
  const folder = runFolder(isFolder ? path : dirname(path));
  const isOfRun = isFolder || path === folder.completed || path === folder.failed;
  const state = isOfRun ? await readRunState(folder) : undefined;
  if (state === undefined) {
    if (isFolder) throw withoutRun(file);
    const name = experimentName(judgeName(path));
    return { path, place: { out: root, name, inputPath: await pathBetween(root, path) } };
  }
  const answers = isFolder ? folder.completed : path;
  if ((await stat(answers).catch(() => null)) === null) {
    await refuseWithoutRecords(folder, plainLine(file, 1000));
    throw withoutResults(file);
  }
  const experiment = dirname(folder.path);
  const isLasting = typeof state.input_path === 'string';
  return {
    path: answers,
    place: {
      out: root,
      name: experimentName(judgeName(basename(experiment))),
      inputPath: isLasting ? await pathBetween(root, experiment) : null,
    },
  };
}

function withoutRun(file: string): TuttiError {
  return new TuttiError('bad_usage', `${plainLine(file, 1000)} is a folder, and holds no run`, {
    hint: 'Name the folder of a run, such as tutti-out/prompts/2026-01-31T10-00-00Z, or a file of records.',
  });
}

function withoutResults(file: string): TuttiError {
  const folder = plainLine(file, 1000);
  return new TuttiError('file_missing', `${folder} has no completed.jsonl`, {
    hint: `Of a run that has not ended, \`tutti run ${folder} --finish\` writes what there is; the same \`tutti run\` as before goes on with it.`,
  });
}
