import type { ActionContext } from '../context/action-context.ts';
import { configuredMap } from '../maps/asked-map.ts';
import { compileRequest } from '../maps/compile-request.ts';
import { fileMap } from '../maps/file-map.ts';
import type { FinishedMap } from '../maps/finished-map.ts';
import type { MapRequest } from '../maps/map-request.ts';
import { prepareMapRun } from '../maps/prepare-map.ts';
import type { ReadyMap } from '../maps/ready-map.ts';
import { refuseUnusableOutput } from '../maps/usable-output.ts';

/**
 * Prepares a map of a table, or goes on with one that is not finished; sends nothing. Without a prompt it works on the
 * file alone.
 *
 * @throws TuttiError when the table, a template or a model is wrong, all mistakes listed.
 */
export async function prepareMap(
  context: ActionContext,
  request: MapRequest,
): Promise<ReadyMap | FinishedMap> {
  await refuseUnusableOutput(request, context.workingFolder);
  const { plan, ...compiled } = await compileRequest(request, context.workingFolder);
  if (plan === null) return fileMap(context, request, compiled);
  return prepareMapRun(await configuredMap(context, request, { ...compiled, plan }));
}
