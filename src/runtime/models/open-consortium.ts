import type { CompositeModel, Model, SimpleModel } from '../../core/model.ts';
import type { ChosenStrategy, Consortium, ConsortiumMember } from '../../panel/index.ts';
import {
  filledConsortium,
  instanceIds,
  type MemberOptions,
} from '../consortiums/consortium-options.ts';
import { modelNames } from './model-names.ts';
import type { ResolvedConsortium, ResolvedModel, SimpleResolvedModel } from './resolved-model.ts';

/** Opens a model with a lane of its own. */
export type OpenSimple = (model: SimpleResolvedModel) => Promise<SimpleModel>;

/** Opens any model. */
export type OpenModel = (model: ResolvedModel) => Promise<Model>;

/**
 * Makes the function that opens models of both kinds. What has the same reference and stands for the same is one model,
 * so that a consortium's calls travel in the lanes that rows of their own have.
 */
export function openingOf(open: OpenSimple): OpenModel {
  const opened = new Map<string, Promise<Model>>();
  const openModel: OpenModel = (model) => {
    const key = JSON.stringify([model.laneName, model.reference]);
    const before = opened.get(key);
    if (before !== undefined) return before;
    const opening = model.kind === 'consortium' ? openConsortium(model, openModel) : open(model);
    opened.set(key, opening);
    return opening;
  };
  return openModel;
}

/** Makes a consortium a model, under the name that the user wrote. */
async function openConsortium(
  resolved: ResolvedConsortium,
  open: OpenModel,
): Promise<CompositeModel> {
  const { consortiumModel } = await import('../../panel/index.ts');
  return consortiumModel(await openedConsortium(resolved, open));
}

/** The definition of a consortium with its models. */
export async function openedConsortium(
  resolved: ResolvedConsortium,
  open: OpenModel,
): Promise<Consortium> {
  const { reference, found, members, arbiters } = resolved;
  const options = filledConsortium(found.options);
  return {
    ...options,
    name: reference,
    members: await openedMembers(options.members, members, open),
    arbiters: await Promise.all(arbiters.map(open)),
    strategies: await openedStrategies(resolved, open),
  };
}

async function openedMembers(
  options: readonly MemberOptions[],
  resolved: readonly ResolvedModel[],
  open: OpenModel,
): Promise<ConsortiumMember[]> {
  const models = await Promise.all(resolved.map(open));
  const names = resolved.map(modelNames);
  const ids = instanceIds(options);
  return options.flatMap(({ model: _, count: __, ...own }, index) =>
    ids[index]!.map((id) => ({ id, model: models[index]!, names: names[index], ...own })),
  );
}

/** The strategies with the models that their parameters name. */
async function openedStrategies(
  { found, strategyModels }: ResolvedConsortium,
  open: OpenModel,
): Promise<ChosenStrategy[]> {
  const opened = await Promise.all(strategyModels.map(open));
  return (found.options.strategies ?? []).map((strategy, index) => {
    const models = found.strategyModels.flatMap((one, number) =>
      one.strategy === index ? [[one.parameter, opened[number]!] as const] : [],
    );
    return models.length === 0 ? strategy : { ...strategy, models: Object.fromEntries(models) };
  });
}
