import {
  type FirstPassOptions,
  type LaneTarget,
  readExperiment,
  refuseMistakes,
} from '../../experiment/index.ts';
import type { Notice } from '../environment/notice.ts';
import { TOTAL_LIMITER } from '../models/limiter-choice.ts';
import { type PlannedCosts, PlanSums, plannedCosts } from './plan-sums.ts';
import type { PlannedJudging, PlannedRephrasing } from './planned-stages.ts';
import type { LaneLimits } from './ready-run.ts';
import { unusedModels } from './row-filling.ts';
import { namesWithoutRows, type RunTargets } from './run-targets.ts';
import { type ShortestTime, shortestTime } from './shortest-time.ts';

/** What a run would do. */
export interface RunPlan {
  readonly rows: number;
  /** At least. */
  readonly calls: number;
  /**
   * At most, where that is more: a consortium may go round more often, and asks again; later steps of a map ask about what
   * came out. Infinity (in JSON null) where nobody can tell. Retries are not counted.
   */
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

/** The rows that are planned. */
export interface PlannedRows extends Pick<FirstPassOptions, 'input' | 'typed' | 'limit' | 'media'> {
  readonly label: string;
  readonly targets: RunTargets;
  readonly skipInvalid: boolean;
  readonly limitsFile: string | undefined;
  readonly totalRequestsPerMinute: number | null;
}

/**
 * Says what rows would come to; sends nothing and writes nothing.
 *
 * @throws TuttiError `bad_input` or `unknown_model` with every mistake
 */
export async function planOfRows(rows: PlannedRows): Promise<RunPlan> {
  const { targets, label, skipInvalid, limitsFile, totalRequestsPerMinute, ...reading } = rows;
  const sums = new PlanSums();
  const pass = await readExperiment({
    ...reading,
    label,
    filling: targets.filling,
    findTarget: targets.findTarget,
    requests: targets.requests,
    onRow: (row, lane, calls) => sums.add(row, lane, calls),
  });
  refuseMistakes(pass, { label, skipInvalid });
  const planned = await plannedCosts(pass.lanes, sums);
  const { calls, mostCalls, leastCostUsd, likelyCostUsd } = planned;
  const lanes = pass.lanes.map((lane, number) => plannedLane(lane, planned.lanes[number]!));
  return {
    ...{ rows: pass.table.rowCount, calls, ...(mostCalls > calls && { mostCalls }), lanes },
    ...{ leastCostUsd, likelyCostUsd },
    lanesOfUnknownPrice: lanes.filter(({ leastCostUsd }) => leastCostUsd === null).length,
    shortestTime: shortestTime(pass.lanes, (lane) => sums.of(lane)),
    ...{ totalRequestsPerMinute, limitsFile },
    unusedLimits: namesWithoutRows(targets.limits, pass.lanes),
    notices: [...unusedModels(targets.filling, pass), ...pass.promptoFindings],
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
