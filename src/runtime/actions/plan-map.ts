import { type ChainPlan, messagesOf, readTable } from '../../map/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import { configuredMap } from '../maps/asked-map.ts';
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
  const { parameters, samples } = plan;
  const pass = await readTable({
    ...asked.reading,
    ...{ plan, models: rowLanes, label: asked.label },
    input: inputOf({ file: request.file }, context.workingFolder),
    tee: async () => {},
    onRow: (row, model) => {
      const first = asked.chain?.steps[0]?.reference ?? asked.references[model]!;
      const lane = lanes.findIndex(({ reference }) => reference === first);
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
    notices: [...asked.notices, ...notKnown(asked.chain)],
  };
}

/** How much later steps ask depends on what comes out of the first. */
function notKnown(chain: ChainPlan | null): readonly Notice[] {
  if (chain === null || chain.steps.length === 1) return [];
  const [first] = chain.steps;
  const sentence = `only step ${first!.plan.name} is counted: what later steps ask depends on its answers`;
  return [{ kind: 'template_doubtful', sentence }];
}
