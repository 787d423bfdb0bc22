import { TuttiError } from '../../core/tutti-error.ts';

/** What the exit codes of every command mean. */
export const EXIT_CODES = {
  0: 'everything was answered',
  1: 'some calls failed, a lane was parked, or a check found something',
  2: 'it could not start or had to stop (input, settings, disk, lock)',
  130: 'it was interrupted',
} as const;

/** Everything is well. */
export const EXIT_OK = 0;
/** It ran, but not everything was answered. */
export const EXIT_SOME_FAILED = 1;
/** It could not start or had to stop. */
export const EXIT_STOPPED = 2;
/** The user interrupted it. */
export const EXIT_INTERRUPTED = 130;

/** The exit code for an error that ended a command. */
export function exitCodeOf(error: unknown): number {
  return error instanceof TuttiError && error.code === 'interrupted'
    ? EXIT_INTERRUPTED
    : EXIT_STOPPED;
}
