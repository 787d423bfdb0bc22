import { messagesOf, readTable } from '../../map/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import { configuredMap } from '../maps/asked-map.ts';
import { compileMap } from '../maps/compile-map.ts';
import { refuseNoPrompt } from '../maps/file-map.ts';
import type { MapRequest } from '../maps/map-request.ts';
import { mapTargets } from '../maps/map-targets.ts';
import { PlanSums, plannedCosts } from '../runs/plan-sums.ts';
import { inputOf } from '../runs/run-input.ts';
import { plannedLane, type RunPlan } from '../runs/run-plan.ts';
import { namesWithoutRows } from '../runs/run-targets.ts';
import { shortestTime } from '../runs/shortest-time.ts';

/**
 * Says what a map would do; sends nothing and writes nothing.
 *
 * @throws TuttiError what `prepareMap` would throw.
 */
export async function planMap(context: ActionContext, request: MapRequest): Promise<RunPlan> {
  const { plan, ...compiled } = await compileMap(request, context.workingFolder);
  if (plan === null) return refuseNoPrompt();
  const configured = await configuredMap(context, request, { ...compiled, plan });
  const { asked, values } = configured;
  const { targets, lanes } = await mapTargets(configured);
  const sums = new PlanSums();
  const { parameters, samples } = plan;
  const pass = await readTable({
    ...asked.reading,
    ...{ plan, models: lanes, label: asked.label },
    input: inputOf({ file: request.file }, context.workingFolder),
    tee: async () => {},
    onRow: (row, lane) => {
      const calls = lanes[lane]!.severalChoices ? 1 : samples;
      sums.add({ turns: [messagesOf(plan, row)], parameters, samples }, lane, calls);
    },
  });
  const planned = await plannedCosts(lanes, sums);
  const told = lanes.map((lane, number) => plannedLane(lane, planned.lanes[number]!));
  return {
    rows: pass.rows,
    calls: planned.calls,
    lanes: told,
    leastCostUsd: planned.leastCostUsd,
    likelyCostUsd: planned.likelyCostUsd,
    lanesOfUnknownPrice: told.filter(({ leastCostUsd }) => leastCostUsd === null).length,
    shortestTime: shortestTime(lanes, (lane) => sums.of(lane)),
    totalRequestsPerMinute: values.totalRequestsPerMinute,
    limitsFile: request.limitsFile,
    unusedLimits: namesWithoutRows(targets.limits, lanes),
    notices: asked.notices,
  };
}
