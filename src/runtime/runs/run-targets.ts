import type { FindTarget, LaneTarget, RequestTarget, RowFilling } from '../../experiment/index.ts';
import type { Limits } from '../../scheduler/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import type { Configuration } from '../context/configuration.ts';
import { createFindTarget } from '../models/find-lane-target.ts';
import { type LimitsTable, unusedLimits } from '../models/limiter-choice.ts';
import { isSet, laneLimits, runValues, totalLimits } from '../settings/settings.ts';
import { requestTarget } from './request-target.ts';
import { checkedFilling } from './row-filling.ts';
import { pathFrom, type RunRequest } from './run-input.ts';

/** The models of a run and what they are allowed. */
export interface RunTargets {
  readonly findTarget: FindTarget;
  /** Whom the lines of a file of requests are for. */
  readonly requests: RequestTarget;
  /** What rows are filled with. */
  readonly filling: RowFilling;
  /** What the limits file says; empty without one. */
  readonly limits: LimitsTable;
  /** The limits of a lane that the limits file does not name. */
  readonly defaultLimits: Limits;
}

/** Finds models with the limits of the request, the limits file and the settings. */
export async function runTargets(
  request: RunRequest,
  configuration: Configuration,
  { opener, workingFolder }: ActionContext,
): Promise<RunTargets> {
  const { limitsFile } = request;
  const { settings } = configuration;
  const limits: LimitsTable =
    limitsFile === undefined ? new Map() : await limitsIn(pathFrom(workingFolder, limitsFile));
  const values = runValues(settings, request);
  const defaultLimits = laneLimits(values);
  const findTarget = createFindTarget({
    context: configuration,
    limits,
    usual: defaultLimits,
    total: totalLimits(values),
    concurrencyIsSet: isSet('concurrency', settings, request),
    open: (model) => opener.open(model),
  });
  const requests = requestTarget(request.requestUrl, configuration);
  const filling = checkedFilling(request, findTarget);
  return { findTarget, requests, filling, limits, defaultLimits };
}

async function limitsIn(path: string): Promise<LimitsTable> {
  const { readLimitsFile } = await import('../models/limits-file.ts');
  return readLimitsFile(path);
}

/** The names in a limits file that no lane has: a shared file may have some, a misspelt one must not go unnoticed. */
export function namesWithoutRows(
  limits: LimitsTable,
  lanes: readonly { readonly limiters: LaneTarget['limiters'] }[],
): readonly string[] {
  const names = new Set(lanes.flatMap(({ limiters }) => limiters.map(({ name }) => name)));
  return unusedLimits(limits, names);
}
