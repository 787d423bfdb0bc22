import type { StopErrorCode } from '../../core/error-catalogue.ts';
import { TuttiError } from '../../core/tutti-error.ts';

/** What is wrong with a file; everything else is wrong with the machine or the settings, and stops the watch. */
const OF_FILES: ReadonlySet<string> = new Set<StopErrorCode>([
  'bad_input',
  'unknown_model',
  'missing_key',
  'bad_usage',
  'file_unreadable',
]);

/** What concerns the disk: no run can go on. */
const OF_THE_DISK: ReadonlySet<string> = new Set<StopErrorCode>([
  'disk_full',
  'file_unwritable',
  'internal_error',
]);

/** Tells whether an experiment's own content is why it could not be prepared. */
export function isOfFile(error: unknown): error is TuttiError {
  return error instanceof TuttiError && OF_FILES.has(error.code);
}

/** Tells whether an error concerns one run alone, so that others go on. */
export function isOfRun(error: unknown): error is TuttiError {
  return error instanceof TuttiError && !OF_THE_DISK.has(error.code);
}
