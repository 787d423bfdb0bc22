import type { Message } from '../../core/message.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { LaneTarget } from '../../experiment/index.ts';
import type { MapPlan } from '../../map/index.ts';
import { type RunTargets, runTargets } from '../runs/run-targets.ts';
import type { ConfiguredMap } from './asked-map.ts';

/** The lanes of a map, one for each of its models, and what they are allowed. @throws TuttiError for one that cannot be asked */
export async function mapTargets({
  request,
  configuration,
  context,
  asked,
}: ConfiguredMap): Promise<{
  readonly targets: RunTargets;
  readonly lanes: readonly LaneTarget[];
}> {
  const models = asked.references;
  const given = { ...request, models, parameters: {}, system: undefined, samples: undefined };
  const targets = await runTargets(given, configuration, context);
  return { targets, lanes: models.map((reference) => laneOf(reference, targets, asked)) };
}

function laneOf(
  reference: string,
  { findTarget }: RunTargets,
  { plan }: ConfiguredMap['asked'],
): LaneTarget {
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
