import { TuttiError } from './tutti-error.ts';

/** The oldest major version of Node that runs the library. */
const OLDEST_NODE = 24;

/**
 * Refuses a Node that would fail somewhere inside, with a message about something else.
 *
 * @param version such as `24.1.0`
 * @throws TuttiError `bad_usage`
 */
export function refuseOldNode(version: string): void {
  if (Number(version.split('.')[0]) >= OLDEST_NODE) return;
  throw new TuttiError(
    'bad_usage',
    `tutti needs Node ${OLDEST_NODE} or newer, and this is ${version}`,
    { hint: 'Install a newer one from https://nodejs.org.' },
  );
}
