import { join } from 'node:path';
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

/** Says where the output goes; `refuseUnusableOutput` says whether it can. */
export function outputPlace(
  { output }: Pick<MapRequest, 'output'>,
  workingFolder: string,
): OutputPlace {
  if (output === '-') return { path: '-', form: 'jsonl' };
  if (output === undefined) return { path: null, form: null };
  return { path: pathFrom(workingFolder, output), form: outputFormOf(output) ?? null };
}

/** The path of an output that has no place of its own. @param inputForm the form of the input */
export function pathInFolder({ form }: OutputPlace, folder: string, inputForm: OutputForm): string {
  return join(folder, `output.${form ?? inputForm}`);
}
