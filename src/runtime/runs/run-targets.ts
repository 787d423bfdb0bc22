import type { FindTarget, LaneTarget } from '../../experiment/index.ts';
import type { Limits } from '../../scheduler/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import type { Configuration } from '../context/configuration.ts';
import { createFindTarget } from '../models/find-lane-target.ts';
import { type LimitsTable, unusedLimits } from '../models/limiter-choice.ts';
import { readLimitsFile } from '../models/limits-file.ts';
import type { RunValues } from '../settings/run-options.ts';
import { laneLimits } from '../settings/settings.ts';

/** The models of a run and what they are allowed. */
export interface RunTargets {
  readonly findTarget: FindTarget;
  /** What the limits file says; empty without one. */
  readonly limits: LimitsTable;
  /** The limits of a lane that the limits file does not name. */
  readonly defaultLimits: Limits;
}

/** Finds models with the limits of the request, the limits file and the settings. */
export async function runTargets(
  limitsFile: string | undefined,
  values: RunValues,
  configuration: Configuration,
  { opener }: ActionContext,
): Promise<RunTargets> {
  const limits: LimitsTable =
    limitsFile === undefined ? new Map() : await readLimitsFile(limitsFile);
  const defaultLimits = laneLimits(values);
  const findTarget = createFindTarget({
    context: configuration,
    limits,
    usual: defaultLimits,
    open: (model) => opener.open(model),
  });
  return { findTarget, limits, defaultLimits };
}

/** The names in a limits file that no lane has: a shared file may have some, a misspelt one must not go unnoticed. */
export function namesWithoutRows(
  limits: LimitsTable,
  lanes: readonly { readonly limiters: LaneTarget['limiters'] }[],
): readonly string[] {
  const names = new Set(lanes.flatMap(({ limiters }) => limiters.map(({ name }) => name)));
  return unusedLimits(limits, names);
}
