import type { FinishedRunNotice, ReadyRun } from '../../runtime/index.ts';
import type { CliContext } from '../context/context.ts';
import { type Shown, type ShownRun, showWholeRun } from './show-run.ts';

/** Executes a run that may start, and shows it; or tells that it is finished already. */
export async function showPreparedRun(
  run: ReadyRun | FinishedRunNotice,
  context: CliContext,
  shown: Shown,
): Promise<ShownRun> {
  if (!('finished' in run)) return await showWholeRun(run, context, { ...shown, resumable: true });
  const { tellFinished } = await import('./finished-run.ts');
  return { code: tellFinished(run, context, shown), isFinished: true };
}
