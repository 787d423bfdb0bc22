import type { Message } from '../../core/message.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { LaneTarget } from '../../experiment/index.ts';
import type { MapPlan } from '../../map/index.ts';
import { type RunTargets, runTargets } from '../runs/run-targets.ts';
import type { AskedMap, ConfiguredMap } from './asked-map.ts';

/** The lanes of a map. */
export interface MapLanes {
  readonly targets: RunTargets;
  /** Those from which rows begin, one for each model of which rows are asked. */
  readonly lanes: readonly LaneTarget[];
  /** All of them, those too that only a step has; each model once. */
  readonly all: readonly LaneTarget[];
}

/** The lanes of a map, one for each of its models, and what they are allowed. @throws TuttiError for one that cannot be asked */
export async function mapTargets({
  request,
  configuration,
  context,
  asked,
}: ConfiguredMap): Promise<MapLanes> {
  const ofSteps = (asked.chain?.steps ?? []).flatMap(({ reference }) => reference ?? []);
  const models = [...new Set([...asked.references, ...ofSteps])];
  const given = { ...request, models, parameters: {}, system: undefined, samples: undefined };
  const targets = await runTargets(given, configuration, context);
  const laneFor = (reference: string) => {
    const plans = plansOf(reference, asked);
    const found = plans.map((plan) => laneOf(reference, targets, plan));
    return found[0] ?? laneOf(reference, targets, asked.plan);
  };
  const byName = new Map(models.map((reference) => [reference, laneFor(reference)]));
  const lanes = asked.references.map((reference) => byName.get(reference)!);
  return { targets, lanes, all: [...new Set([...lanes, ...byName.values()])] };
}

/** What a model is asked: the steps that name it, or those that name none. */
function plansOf(reference: string, { plan, chain, references }: AskedMap): readonly MapPlan[] {
  if (chain === null) return [plan];
  const isRows = references.includes(reference);
  return chain.steps
    .filter((step) => step.reference === reference || (step.reference === null && isRows))
    .map((step) => step.plan);
}

function laneOf(reference: string, { findTarget }: RunTargets, plan: MapPlan): LaneTarget {
  const target = findTarget({ reference, api: null, modelName: null, group: null });
  if ('message' in target) {
    throw new TuttiError('unknown_model', target.message, { hint: target.hint ?? undefined });
  }
  const own = plan.output.kind === 'data' && target.schemaParameter?.(plan.parameters);
  if (own) {
    throw new TuttiError('bad_usage', `the parameter ${own} says what --columns or --schema says`, {
      hint: 'Leave it out: the schema goes with each request.',
    });
  }
  // What an API cannot be told is the same for every row: whether there is a system message.
  const refusal = target.refuses?.({ turns: [emptyMessages(plan)], mode: 'chat' }) ?? null;
  if (refusal === null) return target;
  throw new TuttiError('bad_usage', `${reference}: ${refusal.message}`, {
    hint: refusal.hint ?? undefined,
  });
}

function emptyMessages({ system }: MapPlan): readonly Message[] {
  const asked: Message = { role: 'user', content: '' };
  return system === null ? [asked] : [{ role: 'system', content: '' }, asked];
}
