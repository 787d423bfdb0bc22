import { join, resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type OutputForm, outputFormOf } from '../../map/index.ts';
import { pathFrom } from '../runs/run-input.ts';
import type { MapRequest } from './map-request.ts';

/** Where the output of a map goes, and in which form. */
export interface OutputPlace {
  /** Null: beside the run's other files. `-`: to whoever asked. */
  readonly path: string | null;
  /** Null: that of the input. */
  readonly form: OutputForm | null;
}

/** Finds where the output goes. @throws TuttiError `bad_usage` for a form that cannot be written, or the input's own place */
export function outputPlace(
  { file, output }: Pick<MapRequest, 'file' | 'output'>,
  workingFolder: string,
): OutputPlace {
  if (output === '-') return { path: '-', form: 'jsonl' };
  if (output === undefined) return { path: null, form: null };
  const path = pathFrom(workingFolder, output);
  if (file !== '-' && resolve(path) === resolve(pathFrom(workingFolder, file))) {
    throw new TuttiError('bad_usage', `${plainLine(output, 500)} is the input, too`, {
      hint: 'Name another file for the output.',
    });
  }
  return { path, form: outputFormOf(output) ?? null };
}

/** The path of an output that has no place of its own. @param inputForm the form of the input */
export function pathInFolder({ form }: OutputPlace, folder: string, inputForm: OutputForm): string {
  return join(folder, `output.${form ?? inputForm}`);
}
