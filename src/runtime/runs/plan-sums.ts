import { isComposite, type Model } from '../../core/model.ts';
import type { ExperimentRow, LaneTarget } from '../../experiment/index.ts';
import { TokenEstimator } from '../../scheduler/index.ts';

/** What the rows of a lane come to. */
export interface LaneSums {
  readonly rows: number;
  readonly calls: number;
  /** Tokens that are sent at least, as far as they can be told from the length of texts. */
  readonly leastInputTokens: number;
  /** The same, with the answers that later turns send again. */
  readonly likelyInputTokens: number;
  /** Tokens of answers, each of 256 or of what its parameters allow. */
  readonly likelyOutputTokens: number;
}

const NO_SUMS: LaneSums = {
  rows: 0,
  calls: 0,
  leastInputTokens: 0,
  likelyInputTokens: 0,
  likelyOutputTokens: 0,
};

/** Adds up what the rows of lanes come to. */
export class PlanSums {
  readonly #estimator = new TokenEstimator();
  readonly #lanes: { -readonly [Key in keyof LaneSums]: LaneSums[Key] }[] = [];

  /** Adds a row of a lane that is so many calls. */
  add(
    { turns, parameters, samples }: Pick<ExperimentRow, 'turns' | 'parameters' | 'samples'>,
    lane: number,
    calls: number,
  ): void {
    this.#lanes[lane] ??= { ...NO_SUMS };
    const sums = this.#lanes[lane];
    sums.rows++;
    sums.calls += calls;
    const requests = calls / turns.length;
    for (const [turn, messages] of turns.entries()) {
      const tokens = this.#estimator.estimate({ messages, parameters, choices: 1 });
      const later = turns.length - turn - 1;
      const sent = tokens.input * (later + 1) * requests;
      sums.leastInputTokens += sent;
      sums.likelyInputTokens += sent + tokens.output * later * requests;
      sums.likelyOutputTokens += tokens.output * samples;
    }
  }

  of(lane: number): LaneSums {
    return this.#lanes[lane] ?? NO_SUMS;
  }
}

/** What a lane costs in US dollars; null where the price is not known. */
export interface PlannedCost {
  /** What is sent alone. */
  readonly leastCostUsd: number | null;
  readonly likelyCostUsd: number | null;
}

/** Calls of composite models are asked again where that is needed: there may be more. */
export interface PlannedCalls {
  /** At least. */
  readonly calls: number;
  /** At most, retries not counted. */
  readonly mostCalls: number;
}

/** What the lanes of a run come to, in the order of the lanes, and all of them together. */
export interface PlannedCosts extends PlannedCost, PlannedCalls {
  readonly lanes: readonly (LaneSums & PlannedCost & PlannedCalls)[];
}

/** Says what lanes cost, each by the prices of its models. */
export async function plannedCosts(
  lanes: readonly Pick<LaneTarget, 'open' | 'parts'>[],
  sums: PlanSums,
): Promise<PlannedCosts> {
  const planned: (LaneSums & PlannedCost & PlannedCalls)[] = [];
  for (const [number, lane] of lanes.entries()) {
    const own = sums.of(number);
    const calls = callsOf(lane, own);
    // Each call of a part is sent the question at least.
    const times = own.calls === 0 ? 1 : calls.calls / own.calls;
    const leastInputTokens = own.leastInputTokens * times;
    planned.push({ ...own, leastInputTokens, ...calls, ...(await plannedCost(lane, own)) });
  }
  const total = (value: (lane: PlannedCalls) => number) =>
    planned.reduce((sum, lane) => sum + value(lane), 0);
  return {
    calls: total(({ calls }) => calls),
    mostCalls: total(({ mostCalls }) => mostCalls),
    lanes: planned,
    leastCostUsd: knownSum(planned.map(({ leastCostUsd }) => leastCostUsd)),
    likelyCostUsd: knownSum(planned.map(({ likelyCostUsd }) => likelyCostUsd)),
  };
}

/** Asking a composite model once is the calls of its parts. */
function callsOf({ parts }: Pick<LaneTarget, 'parts'>, { calls }: LaneSums): PlannedCalls {
  if (parts === undefined) return { calls, mostCalls: calls };
  return {
    calls: calls * parts.reduce((sum, { least }) => sum + least, 0),
    mostCalls: calls * parts.reduce((sum, { most }) => sum + most, 0),
  };
}

/** Null where nothing is known. */
function knownSum(parts: readonly (number | null)[]): number | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.reduce((sum, part) => sum + part, 0);
}

/** Null where something is not known. */
function wholeSum(parts: readonly (number | null)[]): number | null {
  return parts.includes(null) ? null : knownSum(parts);
}

async function plannedCost(
  { open, parts }: Pick<LaneTarget, 'open' | 'parts'>,
  sums: LaneSums,
): Promise<PlannedCost> {
  if (parts === undefined) return costOfCalls(await open(), sums, 1, 0);
  const costs = await Promise.all(
    parts
      .filter(({ least }) => least > 0)
      .map(async (part) => {
        return costOfCalls(await part.open(), sums, part.least, part.answersRead);
      }),
  );
  return {
    leastCostUsd: wholeSum(costs.map(({ leastCostUsd }) => leastCostUsd)),
    likelyCostUsd: wholeSum(costs.map(({ likelyCostUsd }) => likelyCostUsd)),
  };
}

/** Each call is as long as they are on average. @param times calls for each that was added up */
async function costOfCalls(
  model: Model,
  sums: LaneSums,
  times: number,
  answersRead: number,
): Promise<PlannedCost> {
  const costOf = async (input: number, output: number) => {
    if (isComposite(model) || sums.calls === 0) return null;
    const each = (tokens: number) => tokens / sums.calls;
    const usage = { input: each(input), output: each(output), cached: null, reasoning: null };
    const cost = (await model.costOf?.(usage)) ?? null;
    return cost === null ? null : cost * sums.calls * times;
  };
  const read = answersRead * sums.likelyOutputTokens;
  return {
    leastCostUsd: await costOf(sums.leastInputTokens, 0),
    likelyCostUsd: await costOf(sums.likelyInputTokens + read, sums.likelyOutputTokens),
  };
}
