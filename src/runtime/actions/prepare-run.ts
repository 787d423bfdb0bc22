import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { KnownRuns } from '../runs/known-runs.ts';
import { type FinishedRunNotice, prepare } from '../runs/prepare.ts';
import type { ReadyRun } from '../runs/ready-run.ts';
import type { RunRequest } from '../runs/run-input.ts';
import { type RunTargets, runTargets } from '../runs/run-targets.ts';
import { readScoring } from '../scoring/read-scoring.ts';
import type { Scoring } from '../scoring/scoring.ts';
import { runValues } from '../settings/settings.ts';

/**
 * Prepares a run of an experiment, or goes on with one that is not finished; sends nothing.
 *
 * @throws TuttiError when the experiment or a model in it is wrong, all mistakes listed.
 */
export async function prepareRun(
  context: ActionContext,
  request: RunRequest,
): Promise<ReadyRun | FinishedRunNotice> {
  if (request.formats?.includes('arrow')) {
    const { needArrow } = await import('../../io/arrow/index.ts');
    await needArrow('completed.arrow');
  }
  const configuration = await readConfiguration(context);
  const values = runValues(configuration.settings, request);
  const targets = await runTargets(request, configuration, context);
  const scoring = await readScoring(request, context);
  const known = new KnownRuns(configuration.home);
  const { judging } = request;
  const later = judging && (await checkLater(judging, targets, { ...context, scoring }));
  const notices = [...configuration.notices, ...(later?.notices ?? [])];
  const run = await prepare({ request, values, notices, targets, scoring, context, known });
  try {
    await later?.checkFields(run.folder);
  } catch (error) {
    if (!('finished' in run)) await run.discard();
    throw error;
  }
  return run;
}

/** What that takes is loaded only where there are judges. */
async function checkLater(
  judging: NonNullable<RunRequest['judging']>,
  targets: RunTargets,
  about: { readonly workingFolder: string; readonly scoring: Scoring | null },
) {
  const { checkLaterJudging } = await import('../runs/check-judging.ts');
  return checkLaterJudging(judging, targets, about);
}
