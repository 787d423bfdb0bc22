import { basename, dirname } from 'node:path';
import { TuttiError } from '../../core/tutti-error.ts';
import type { FoundRun, RunPlace } from '../../experiment/index.ts';
import { readRunState, runFolder } from '../../store/index.ts';
import { refuseMapFolder } from './map-folder.ts';
import { refuseMadeRun } from './refuse-made-run.ts';
import { refuseWorkflowFolder } from './refuse-workflow-folder.ts';

/** Where a run is whose folder was named. */
export interface PlaceOfFolder {
  readonly place: RunPlace;
  /** Its copy of the input. */
  readonly file: string;
  readonly only: FoundRun;
}

/**
 * Finds where a run is whose own folder was named.
 *
 * @param file the folder as the user would write it
 * @param path its absolute path
 * @throws TuttiError `bad_usage` for a folder without a run, or with one that another command goes on with; `file_unreadable`, `newer_format`
 */
export async function placeOfFolder(file: string, path: string): Promise<PlaceOfFolder> {
  const folder = runFolder(file);
  const state = await readRunState(folder);
  if (state === undefined) {
    throw new TuttiError('bad_usage', `${file} is a folder, and holds no run`, {
      hint: 'Name an experiment file, or the folder of a run, such as tutti-out/prompts/2026-01-31T10-00-00Z; a folder of .txt files that are prompts is named with --prompts.',
    });
  }
  refuseMapFolder(file, state);
  refuseMadeRun(file, state);
  refuseWorkflowFolder(file, state);
  const inputPath = typeof state.input_path === 'string' ? state.input_path : null;
  const place = { out: dirname(file), name: basename(dirname(path)), inputPath };
  return { file: folder.input, place, only: { folder, state } };
}
