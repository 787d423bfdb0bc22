import type { Engine, FinishedRunNotice, ReadyRun, RunRequest } from '../../runtime/index.ts';
import type { CliContext } from '../context/context.ts';
import { EXIT_INTERRUPTED } from '../context/exit-code.ts';
import { type Shown, showPreparedRun } from './show-prepared-run.ts';

/**
 * Shows a run and then, where judges were named and every row has ended, the run that judges its answers.
 *
 * @returns the highest exit code of both.
 */
export async function showWithJudging(
  run: ReadyRun | FinishedRunNotice,
  engine: Engine,
  request: RunRequest,
  context: CliContext,
  shown: Shown,
): Promise<number> {
  const { code, isFinished } = await showPreparedRun(run, context, shown);
  const { judging } = request;
  if (judging === undefined || code === EXIT_INTERRUPTED) return code;
  if (!isFinished) {
    const text =
      'Not judged yet: the answers are judged when every row has ended; the same command goes on.\n';
    if (!shown.quiet) context.stderr.write(text);
    return code;
  }
  // What says which rows a run has is about the experiment's own.
  const { limit, name, typed, requestUrl, skipInvalid, ...rest } = request;
  const judged = await engine.prepareJudge({ ...rest, judging, file: run.folder });
  return Math.max(code, (await showPreparedRun(judged, context, shown)).code);
}
