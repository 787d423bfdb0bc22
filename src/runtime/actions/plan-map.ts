import { messagesOf, readTable } from '../../map/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import { configuredMap } from '../maps/asked-map.ts';
import { laterCalls } from '../maps/chain-calls.ts';
import { compileRequest } from '../maps/compile-request.ts';
import { refuseNoPrompt } from '../maps/file-map.ts';
import type { MapRequest } from '../maps/map-request.ts';
import { mapTargets } from '../maps/map-targets.ts';
import { refuseUnusableOutput } from '../maps/usable-output.ts';
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
  await refuseUnusableOutput(request, context.workingFolder);
  const { plan, ...compiled } = await compileRequest(request, context.workingFolder);
  if (plan === null) return refuseNoPrompt();
  const configured = await configuredMap(context, request, { ...compiled, plan });
  const { asked, values } = configured;
  const { targets, lanes: rowLanes, all: lanes } = await mapTargets(configured);
  const sums = new PlanSums();
  const rows = new Map(asked.references.map((reference) => [reference, 0]));
  const { parameters, samples } = plan;
  const pass = await readTable({
    ...asked.reading,
    ...{ plan, models: rowLanes, label: asked.label },
    input: inputOf({ file: request.file }, context.workingFolder),
    tee: async () => {},
    onRow: (row, model) => {
      const reference = asked.references[model]!;
      rows.set(reference, rows.get(reference)! + 1);
      const first = asked.chain?.steps[0]?.reference ?? reference;
      const lane = lanes.findIndex(({ reference }) => reference === first);
      const calls = lanes[lane]!.severalChoices ? 1 : samples;
      sums.add({ turns: [messagesOf(plan, row)], parameters, samples }, lane, calls);
    },
  });
  const planned = await plannedCosts(lanes, sums);
  const later = asked.chain && laterCalls(asked.chain, rows, lanes);
  const told = lanes.map((lane, number) => {
    const own = planned.lanes[number]!;
    const more = later?.most.get(lane.reference) ?? 0;
    return plannedLane(lane, { ...own, mostCalls: own.mostCalls + more });
  });
  const { calls } = planned;
  const mostCalls = told.reduce((sum, lane) => sum + (lane.mostCalls ?? lane.calls), 0);
  return {
    ...{ rows: pass.rows, calls, ...(mostCalls > calls && { mostCalls }), lanes: told },
    leastCostUsd: planned.leastCostUsd,
    likelyCostUsd: planned.likelyCostUsd,
    lanesOfUnknownPrice: told.filter(({ leastCostUsd }) => leastCostUsd === null).length,
    shortestTime: shortestTime(lanes, (lane) => sums.of(lane)),
    totalRequestsPerMinute: values.totalRequestsPerMinute,
    limitsFile: request.limitsFile,
    unusedLimits: namesWithoutRows(targets.limits, lanes),
    notices: [...asked.notices, ...(later?.notices ?? [])],
  };
}
