import type { Message } from '../../core/message.ts';
import { type ConsortiumRequest, givenConsortium } from '../consortiums/given-consortium.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import type { Notice } from '../environment/notice.ts';
import { chooseConsortium } from '../models/choose-consortium.ts';
import { createFindTarget } from '../models/find-lane-target.ts';
import { type PlannedPart, plannedParts } from '../models/planned-parts.ts';
import { PlanSums, plannedCosts } from '../runs/plan-sums.ts';
import { missingPrompt } from './ask-consortium.ts';

/** What would be asked, and of whom. */
export interface PlanConsortiumRequest extends ConsortiumRequest {
  /** Null where there is none, which is told with all else that is wrong. */
  readonly prompt: string | null;
}

/** What asking a consortium would come to. */
export interface ConsortiumPlan {
  readonly name: string;
  /** Of all that changes what it asks, 12 hexadecimal digits. */
  readonly hash: string;
  /** At least. */
  readonly calls: number;
  /** At most, retries not counted. */
  readonly mostCalls: number;
  /** The calls of each of its models. */
  readonly models: readonly {
    readonly model: string;
    readonly calls: number;
    readonly mostCalls: number;
  }[];
  /** US dollars of the least calls for what is sent alone; null where a price is not known. */
  readonly leastCostUsd: number | null;
  /** The same with answers of 256 tokens, or of what parameters allow. */
  readonly likelyCostUsd: number | null;
  /** What is hardly meant, a sentence each. */
  readonly warnings: readonly string[];
  readonly notices: readonly Notice[];
}

/**
 * Says what asking a consortium would come to; sends nothing.
 *
 * @throws TuttiError `bad_usage` with everything that is wrong
 */
export async function planConsortium(
  context: ActionContext,
  request: PlanConsortiumRequest,
): Promise<ConsortiumPlan> {
  const configuration = await readConfiguration(context);
  const found = await givenConsortium(request, configuration.consortiums, context);
  const { prompt } = request;
  const resolved = chooseConsortium(found, configuration, missingPrompt(prompt));
  const findTarget = createFindTarget({
    context: { ...configuration, givenConsortium: found },
    limits: new Map(),
    usual: {},
    open: (model) => context.opener.open(model),
  });
  const selector = { reference: found.name, api: null, modelName: null, group: null };
  const target = findTarget(selector);
  if ('message' in target) throw new Error(target.message);
  const sums = new PlanSums();
  const messages: Message[] = [{ role: 'user', content: prompt! }];
  sums.add({ turns: [messages], parameters: {}, samples: 1 }, 0, 1);
  const { calls, mostCalls, leastCostUsd, likelyCostUsd } = await plannedCosts([target], sums);
  return {
    ...{ name: found.name, hash: resolved.hash, calls, mostCalls },
    models: callsByModel(plannedParts(resolved)),
    ...{ leastCostUsd, likelyCostUsd, warnings: found.warnings, notices: configuration.notices },
  };
}

/** A model that is member and arbiter is one. */
function callsByModel(parts: readonly PlannedPart[]): ConsortiumPlan['models'] {
  const byModel = new Map<string, ConsortiumPlan['models'][number]>();
  for (const { model, least, most } of parts) {
    const { reference } = model;
    const { calls, mostCalls } = byModel.get(reference) ?? { calls: 0, mostCalls: 0 };
    byModel.set(reference, {
      ...{ model: reference, calls: calls + least, mostCalls: mostCalls + most },
    });
  }
  return [...byModel.values()];
}
