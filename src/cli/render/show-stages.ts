import { plainLine } from '../../core/plain-text.ts';
import type { Engine, FinishedRunNotice, ReadyRun, RunRequest } from '../../runtime/index.ts';
import type { CliContext } from '../context/context.ts';
import { EXIT_INTERRUPTED, EXIT_SOME_FAILED } from '../context/exit-code.ts';
import { countOf } from './figures.ts';
import { renderNotice } from './notices.ts';
import { showPreparedRun } from './show-prepared-run.ts';
import type { Shown } from './show-run.ts';

/** A run, with what comes before and after it. */
export interface StagedRequest extends RunRequest {
  /** Ends when the rephrased prompts are written; default false. */
  readonly onlyRephrase?: boolean | undefined;
}

type PreparedRun = ReadyRun | FinishedRunNotice;

/** Prepares the first of the runs that a request is: the one that rephrases its prompts, or its own. */
export function prepareStages(engine: Engine, request: StagedRequest): Promise<PreparedRun> {
  const { rephrasing } = request;
  return rephrasing === undefined
    ? engine.prepareRun(request)
    : engine.prepareRephrase({ ...request, rephrasing });
}

/**
 * Shows the runs that a request is, one after the other, as long as each is finished: the one that rephrases its prompts,
 * its own, and the one that judges the answers.
 *
 * @param first what `prepareStages` gave
 * @returns the highest exit code of all.
 */
export async function showStages(
  first: PreparedRun,
  engine: Engine,
  request: StagedRequest,
  context: CliContext,
  shown: Shown,
): Promise<number> {
  const { rephrasing, judging, onlyRephrase = false } = request;
  const tell = (text: string) => {
    if (!shown.quiet) context.stderr.write(`${text}\n`);
  };
  let worst = 0;
  let run = first;
  /** Shows a run; true when the next one can begin. */
  const isFinished = async (next: string | undefined): Promise<boolean> => {
    if (run !== first) tell('');
    const ended = await showPreparedRun(run, context, shown);
    worst = Math.max(worst, ended.code);
    if (ended.code === EXIT_INTERRUPTED || next === undefined) return false;
    if (!ended.isFinished)
      tell(`${next} comes when every row has ended; the same command goes on.`);
    return ended.isFinished;
  };
  if (rephrasing !== undefined) {
    if (!(await isFinished('The run of the rephrased prompts'))) return worst;
    const whole = { ...request, rephrasing };
    if (onlyRephrase) {
      const { file, rows, counts } = await engine.writeRephrased(whole, run.folder);
      if (counts.unreadable > 0) worst = Math.max(worst, EXIT_SOME_FAILED);
      tell(renderNotice({ kind: 'rephrased', counts }));
      tell(`${countOf(rows, 'row')} in ${plainLine(file, 1000)}`);
      if (shown.json) context.stdout.write(`${JSON.stringify({ file, rows, ...counts })}\n`);
      return worst;
    }
    run = await engine.prepareRephrased(whole, run.folder);
    const lacksSome = run.notices.some(
      (notice) => notice.kind === 'rephrased' && notice.counts.unreadable > 0,
    );
    if (lacksSome) worst = Math.max(worst, EXIT_SOME_FAILED);
  }
  const judged = judging === undefined ? undefined : 'The run that judges the answers';
  if (!(await isFinished(judged)) || judging === undefined) return worst;
  // What says which rows a run has is about the experiment's own.
  const { limit, name, typed, requestUrl, skipInvalid, promptFolder, media, ...rest } = request;
  run = await engine.prepareJudge({ ...rest, judging, file: run.folder });
  await isFinished(undefined);
  return worst;
}
