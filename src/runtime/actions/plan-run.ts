import {
  type LaneTarget,
  limitOf,
  readExperiment,
  refuseMistakes,
} from '../../experiment/index.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import { TOTAL_LIMITER } from '../models/limiter-choice.ts';
import { openMedia } from '../runs/media-folder.ts';
import { type PlannedCosts, PlanSums, plannedCosts } from '../runs/plan-sums.ts';
import type { PlannedJudging, PlannedRephrasing, PlannedStages } from '../runs/planned-stages.ts';
import type { LaneLimits } from '../runs/ready-run.ts';
import { refuseFillingRun, unusedModels } from '../runs/row-filling.ts';
import { inputOf, labelOf, type RunRequest } from '../runs/run-input.ts';
import { findPlace } from '../runs/run-place.ts';
import { namesWithoutRows, type RunTargets, runTargets } from '../runs/run-targets.ts';
import { type ShortestTime, shortestTime } from '../runs/shortest-time.ts';
import { readScoring } from '../scoring/read-scoring.ts';
import { runValues } from '../settings/settings.ts';

/** What a run would do. */
export interface RunPlan {
  readonly rows: number;
  /** At least. */
  readonly calls: number;
  /** At most, where that is more: a consortium may go round more often, and asks again. Retries are not counted. */
  readonly mostCalls?: number;
  /** Of the rows that the experiment has: those of `rephrasing` and `judging` are not among them. */
  readonly lanes: readonly PlannedLane[];
  /** What is asked before, for other words; left out where nobody rephrases. */
  readonly rephrasing?: PlannedRephrasing;
  /** What is asked afterwards, of judges; left out where there are none. */
  readonly judging?: PlannedJudging;
  /** US dollars for what is sent alone, and with answers of 256 tokens each, or of what their parameters allow. */
  readonly leastCostUsd: number | null;
  /** Null where no price is known. */
  readonly likelyCostUsd: number | null;
  /** Lanes whose price is not known; their cost is in neither sum. */
  readonly lanesOfUnknownPrice: number;
  /** How long it takes at least until the last call may start; null where no limit says so. */
  readonly shortestTime: ShortestTime | null;
  /** Requests a minute of all lanes together; null without a limit. */
  readonly totalRequestsPerMinute: number | null;
  readonly limitsFile: string | undefined;
  /** Names in the limits file that no row has. */
  readonly unusedLimits: readonly string[];
  readonly notices: readonly Notice[];
}

/** A lane of a run that has not started. */
export interface PlannedLane {
  readonly name: string;
  readonly rows: number;
  /** At least. */
  readonly calls: number;
  /** At most, where that is more. */
  readonly mostCalls?: number;
  /** Null when it cannot be told. */
  readonly estimatedInputTokens: number | null;
  /** US dollars for what is sent alone; null where the price is not known. */
  readonly leastCostUsd: number | null;
  /** The same with answers. */
  readonly likelyCostUsd: number | null;
  /** What it is allowed: its own limits first, then those of its endpoint. */
  readonly limits: readonly LaneLimits[];
}

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
  const sums = new PlanSums();
  const pass = await readExperiment({
    input: inputOf(source, workingFolder),
    label: labelOf(source),
    filling: targets.filling,
    typed: request.typed,
    findTarget: targets.findTarget,
    media: openMedia({ file, media: request.media, only: place.only }, context),
    requests: targets.requests,
    limit: request.limit ?? (place.only && limitOf(place.only.state)) ?? undefined,
    onRow: (row, lane, calls) => sums.add(row, lane, calls),
  });
  const skipInvalid = request.skipInvalid || place.only !== undefined;
  refuseMistakes(pass, { label: labelOf(source), skipInvalid });
  const planned = await plannedCosts(pass.lanes, sums);
  const { leastCostUsd, likelyCostUsd } = planned;
  const lanes = pass.lanes.map((lane, number) => plannedLane(lane, planned.lanes[number]!));
  const { notices, ...stages } = await stagesOf(request, pass.table.rowCount, { targets, context });
  return {
    rows: pass.table.rowCount,
    calls: planned.calls,
    ...(planned.mostCalls > planned.calls && { mostCalls: planned.mostCalls }),
    lanes,
    ...stages,
    ...{ leastCostUsd, likelyCostUsd },
    lanesOfUnknownPrice: lanes.filter(({ leastCostUsd }) => leastCostUsd === null).length,
    shortestTime: shortestTime(pass.lanes, (lane) => sums.of(lane)),
    totalRequestsPerMinute,
    limitsFile: request.limitsFile,
    unusedLimits: namesWithoutRows(targets.limits, pass.lanes),
    notices: [
      ...configuration.notices,
      ...notices,
      ...unusedModels(targets.filling, pass),
      ...pass.promptoFindings,
    ],
  };
}

/** A lane as a plan tells of it. */
export function plannedLane(
  { name, limiters, parts }: LaneTarget,
  planned: PlannedCosts['lanes'][number],
): PlannedLane {
  const { rows, calls, mostCalls, leastInputTokens, leastCostUsd, likelyCostUsd } = planned;
  // Those of parts are theirs.
  const all = parts === undefined ? limiters : [];
  const own = all.filter((limiter) => limiter.name !== TOTAL_LIMITER);
  const limits = own.map((limiter) => limiter.limits);
  const costs = { leastCostUsd, likelyCostUsd };
  const most = mostCalls > calls && { mostCalls };
  return { name, rows, calls, ...most, estimatedInputTokens: leastInputTokens, ...costs, limits };
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
