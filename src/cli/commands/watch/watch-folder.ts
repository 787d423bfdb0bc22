import type { Engine, WatchOutcome, WatchRequest } from '../../../runtime/index.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { WatchView, type WatchViewOptions } from './watch-view.ts';

/**
 * Watches a pipeline folder and tells what becomes of its files.
 *
 * @returns the exit code.
 */
export async function watchFolder(
  engine: Engine,
  request: WatchRequest,
  context: CliContext,
  shown: Pick<WatchViewOptions, 'json' | 'quiet'>,
): Promise<number> {
  const { drain, stop } = context.listenToInterrupts();
  const view = new WatchView(context, { ...shown, folder: request.folder, drain });
  try {
    const outcome = await engine.watch({ ...request, drain, signal: stop }, view.listener);
    view.end(outcome);
    return exitCodeOfWatch(outcome);
  } finally {
    view.close();
  }
}

function exitCodeOfWatch({ state, imperfect, refused, left }: WatchOutcome): number {
  if (state === 'interrupted') return EXIT_INTERRUPTED;
  return imperfect + refused + left === 0 ? EXIT_OK : EXIT_SOME_FAILED;
}
