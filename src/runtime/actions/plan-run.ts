import { limitOf } from '../../experiment/index.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { openMedia } from '../runs/media-folder.ts';
import type { PlannedStages } from '../runs/planned-stages.ts';
import { refuseFillingRun } from '../runs/row-filling.ts';
import { inputOf, labelOf, type RunRequest } from '../runs/run-input.ts';
import { findPlace } from '../runs/run-place.ts';
import { planOfRows, type RunPlan } from '../runs/run-plan.ts';
import { type RunTargets, runTargets } from '../runs/run-targets.ts';
import { readScoring } from '../scoring/read-scoring.ts';
import { runValues } from '../settings/settings.ts';

/**
 * Says what a run would do; sends nothing and writes nothing.
 *
 * @throws TuttiError what `prepareRun` would throw.
 */
export async function planRun(context: ActionContext, request: RunRequest): Promise<RunPlan> {
  const configuration = await readConfiguration(context);
  const { out, totalRequestsPerMinute } = runValues(configuration.settings, request);
  const { workingFolder } = context;
  const { file, promptFolder, name } = request;
  const place = await findPlace({ file, promptFolder, out, name, workingFolder });
  if (place.only !== undefined) refuseFillingRun(request);
  const source = { file: place.file, promptFolder };
  const targets = await runTargets(request, configuration, context);
  await readScoring(request, context);
  const plan = await planOfRows({
    input: inputOf(source, workingFolder),
    label: labelOf(source),
    typed: request.typed,
    targets,
    media: openMedia({ file, media: request.media, only: place.only }, context),
    limit: request.limit ?? (place.only && limitOf(place.only.state)) ?? undefined,
    skipInvalid: request.skipInvalid || place.only !== undefined,
    limitsFile: request.limitsFile,
    totalRequestsPerMinute,
  });
  const { notices, ...stages } = await stagesOf(request, plan.rows, { targets, context });
  return {
    ...plan,
    ...stages,
    notices: [...configuration.notices, ...notices, ...plan.notices],
  };
}

/** What that takes is loaded only where there are such stages. */
async function stagesOf(
  request: RunRequest,
  rows: number,
  about: { readonly targets: RunTargets; readonly context: ActionContext },
): Promise<PlannedStages> {
  if (request.rephrasing === undefined && request.judging === undefined) return { notices: [] };
  const { plannedStages } = await import('../runs/planned-stages.ts');
  return await plannedStages(request, rows, about);
}
