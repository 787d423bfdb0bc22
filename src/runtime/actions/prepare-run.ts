import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { KnownRuns } from '../runs/known-runs.ts';
import { type FinishedRunNotice, prepare, type ReadyRun } from '../runs/prepare.ts';
import type { RunRequest } from '../runs/run-input.ts';
import { runTargets } from '../runs/run-targets.ts';
import { readScoring } from '../scoring/scoring.ts';
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
  const configuration = await readConfiguration(context);
  const values = runValues(configuration.settings, request);
  const targets = await runTargets(request, configuration, context);
  const scoring = await readScoring(request, context);
  const known = new KnownRuns(configuration.home);
  const { notices } = configuration;
  return prepare({ request, values, notices, targets, scoring, context, known });
}
