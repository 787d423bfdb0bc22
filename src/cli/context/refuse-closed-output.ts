import { TuttiError } from '../../core/tutti-error.ts';
import type { CliContext } from './context.ts';

/**
 * Refuses to go on where nobody can ever read the answers.
 *
 * @throws TuttiError `bad_usage` when standard output was closed before the command began.
 */
export function refuseClosedOutput({ stdout }: Pick<CliContext, 'stdout'>): void {
  if (!stdout.isClosed) return;
  throw new TuttiError('bad_usage', 'Standard output is closed: the answers would be lost.', {
    hint: 'Send it somewhere: > FILE. To throw it away, > /dev/null.',
  });
}
