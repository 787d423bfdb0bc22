import type { Model } from '../../core/model.ts';
import type { FindTarget, LaneTarget, ModelSelector } from '../../experiment/index.ts';
import { refusedMessages, schemaParameter } from '../../providers/index.ts';
import type { TurnsDescription } from '../../run/index.ts';
import type { Limits } from '../../scheduler/index.ts';
import { consortiumTarget } from './consortium-target.ts';
import { type LimitsTable, limiterFor, TOTAL_LIMITER } from './limiter-choice.ts';
import type { ModelContext } from './model-context.ts';
import { type OpenSimple, openingOf } from './open-consortium.ts';
import { providerOf } from './provider-of.ts';
import { resolveModel, resolvePair } from './resolve-model.ts';
import type { ModelProblem, ResolvedModel, SimpleResolvedModel } from './resolved-model.ts';
import { unlikePrompto } from './unlike-prompto.ts';

/** What the lanes of a run are made from. */
export interface LaneTargetOptions {
  readonly context: ModelContext;
  /** What a limits file says; empty without one. */
  readonly limits: LimitsTable;
  /** Limits of a lane, or of a group, of which the limits file says nothing. */
  readonly usual: Limits;
  /** Limits of all lanes together; default none. */
  readonly total?: Limits | undefined;
  /** True when the user has set how many calls may be in flight in a lane: they are, from the first on. Default false. */
  readonly concurrencyIsSet?: boolean;
  readonly open: OpenSimple;
}

/** Makes the function that finds the model, the lane and the limiters of a row. */
export function createFindTarget(options: LaneTargetOptions): FindTarget {
  const opening = openingOf(options.open);
  const partTarget = (model: SimpleResolvedModel, group: string | null) =>
    laneTarget(model, group, options, () => opening(model));
  return (selector) => {
    const { group } = selector;
    const model = resolveSelector(selector, options.context);
    if (model.kind === 'problem') return { message: model.message, hint: model.hint };
    if (model.kind !== 'consortium') return partTarget(model, group);
    const open = () => opening(model);
    return consortiumTarget(model, { group, open, partTarget, context: options.context });
  };
}

function resolveSelector(
  { reference, api, modelName }: ModelSelector,
  context: ModelContext,
): ResolvedModel | ModelProblem {
  return reference === null
    ? resolvePair(api ?? '', modelName, context)
    : resolveModel(reference, context);
}

function laneTarget(
  model: SimpleResolvedModel,
  group: string | null,
  { context, limits, usual, total, concurrencyIsSet = false }: LaneTargetOptions,
  open: () => Promise<Model>,
): LaneTarget {
  const { reference, laneName, modelId } = model;
  const provider = providerOf(model, context);
  const choice = limiterFor(limits, { group, api: model.endpointName, model: modelId });
  const own =
    choice.limits === null
      ? { name: group === null ? laneName : `group ${group}`, limits: usual }
      : { name: choice.name, limits: { concurrency: usual.concurrency, ...choice.limits } };
  const unlike = provider && unlikePrompto(model, provider, context);
  const ofAll = total === undefined ? [] : [{ name: TOTAL_LIMITER, limits: total }];
  const limiters = [own, ...endpointLimiter(model), ...ofAll];
  const endpointSets = model.kind === 'endpoint' && model.limits.concurrency !== undefined;
  return {
    reference,
    resolvedReference: laneName,
    group,
    name: group === null ? laneName : `${group} · ${laneName}`,
    severalChoices: provider?.severalChoices ?? false,
    ...(provider && {
      refuses: ({ turns, mode }) => refusedMessages(provider, turns.flat(), mode),
      schemaParameter: (parameters) => schemaParameter(provider.structured, parameters),
      media: { label: provider.label, rules: provider.media },
    }),
    ...(unlike && { unlikePrompto: unlike }),
    limiters,
    turns: turnsOf(model, context),
    startsSlowly: !concurrencyIsSet && !endpointSets && choice.limits?.concurrency === undefined,
    open,
  };
}

/**
 * Where a model waits for its turn, if its server has one in memory at a time: as its endpoint's entry says, else as
 * its provider does.
 */
export function turnsOf(
  model: SimpleResolvedModel,
  { providers }: Pick<ModelContext, 'providers'>,
): TurnsDescription | undefined {
  if (model.kind !== 'endpoint') return undefined;
  const { baseUrl, modelId } = model;
  const rule = providers.find(({ name }) => name === model.provider)?.oneModelAtATime;
  const usual = rule !== undefined && !rule.exceptAt.includes(new URL(baseUrl).hostname);
  return (model.oneModelAtATime ?? usual) ? { server: baseUrl, model: modelId } : undefined;
}

/** The limits that the settings give to a whole endpoint, which hold over all its lanes and groups; none or one. */
export function endpointLimiter(model: SimpleResolvedModel): LaneTarget['limiters'] {
  if (model.kind !== 'endpoint') return [];
  const { limits, endpointName } = model;
  if (Object.values(limits).every((limit) => limit === undefined)) return [];
  return [{ name: `endpoint ${endpointName}`, limits }];
}
