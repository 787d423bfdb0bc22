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
  readonly excelSafe: boolean;
}

/** Says where the output goes; `refuseUnusableOutput` says whether it can. */
export function outputPlace(
  { output, excelSafe = false }: Pick<MapRequest, 'output' | 'excelSafe'>,
  workingFolder: string,
): OutputPlace {
  if (output === '-') return { path: '-', form: 'jsonl', excelSafe };
  if (output === undefined) return { path: null, form: null, excelSafe };
  const form = outputFormOf(output) ?? null;
  return { path: pathFrom(workingFolder, output), form, excelSafe };
}

/** The path of an output that has no place of its own. @param inputForm the form of the input */
export function pathInFolder({ form }: OutputPlace, folder: string, inputForm: OutputForm): string {
  return join(folder, `output.${form ?? inputForm}`);
}
