import type { Model } from '../../core/model.ts';
import type { FindTarget, LaneTarget, ModelSelector } from '../../experiment/index.ts';
import {
  type ProviderDescription,
  refusedMessages,
  schemaParameter,
} from '../../providers/index.ts';
import type { TurnsDescription } from '../../run/index.ts';
import type { Limits } from '../../scheduler/index.ts';
import { SIM_MODELS } from '../../sim/settings/sim-models.ts';
import { type LimitsTable, limiterFor, TOTAL_LIMITER } from './limiter-choice.ts';
import type { ModelContext } from './model-context.ts';
import { resolveModel, resolvePair } from './resolve-model.ts';
import type { ModelProblem, ResolvedModel } from './resolved-model.ts';
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
  readonly open: (model: ResolvedModel) => Promise<Model>;
}

/** Makes the function that finds the model, the lane and the limiters of a row. */
export function createFindTarget(options: LaneTargetOptions): FindTarget {
  return (selector) => {
    const model = resolveSelector(selector, options.context);
    if (model.kind === 'problem') return { message: model.message, hint: model.hint };
    return laneTarget(model, selector.group, options);
  };
}

/** The provider whose protocol a model is asked by. */
function providerOf(
  model: ResolvedModel,
  { providers }: ModelContext,
): ProviderDescription | undefined {
  const provider =
    model.kind === 'endpoint'
      ? model.provider
      : SIM_MODELS.find(({ name }) => name === model.simulatedAs)?.provider;
  return providers.find(({ name }) => name === provider);
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
  model: ResolvedModel,
  group: string | null,
  { context, limits, usual, total, concurrencyIsSet = false, open }: LaneTargetOptions,
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
    open: () => open(model),
  };
}

/**
 * Where a model waits for its turn, if its server has one in memory at a time: as its endpoint's entry says, else as
 * its provider does.
 */
export function turnsOf(
  model: ResolvedModel,
  { providers }: Pick<ModelContext, 'providers'>,
): TurnsDescription | undefined {
  if (model.kind !== 'endpoint') return undefined;
  const { baseUrl, modelId } = model;
  const rule = providers.find(({ name }) => name === model.provider)?.oneModelAtATime;
  const usual = rule !== undefined && !rule.exceptAt.includes(new URL(baseUrl).hostname);
  return (model.oneModelAtATime ?? usual) ? { server: baseUrl, model: modelId } : undefined;
}

/** The limits that the settings give to a whole endpoint, which hold over all its lanes and groups; none or one. */
export function endpointLimiter(model: ResolvedModel): LaneTarget['limiters'] {
  if (model.kind !== 'endpoint') return [];
  const { limits, endpointName } = model;
  if (Object.values(limits).every((limit) => limit === undefined)) return [];
  return [{ name: `endpoint ${endpointName}`, limits }];
}
