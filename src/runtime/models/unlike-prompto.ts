import type { LaneTarget } from '../../experiment/index.ts';
import type { PromptoDifference, ProviderDescription } from '../../providers/index.ts';
import { findVariable } from '../environment/variable-layers.ts';
import type { ModelContext } from './model-context.ts';
import type { SimpleResolvedModel } from './resolved-model.ts';

type UnlikePrompto = NonNullable<LaneTarget['unlikePrompto']>;

/** Whether a row is one of those that a difference is about. */
const HAS: Readonly<
  Record<PromptoDifference['rows'], (row: Parameters<UnlikePrompto>[0]) => boolean>
> = {
  all: () => true,
  one_text: ({ promptForm }) => promptForm === 'text',
  without_safety_filter: ({ safetyFilter }) => safetyFilter === null,
};

/** Makes the function that says what differs where prompto sends a row of this model otherwise; undefined: nothing ever does. */
export function unlikePrompto(
  model: SimpleResolvedModel,
  provider: ProviderDescription,
  { layers }: Pick<ModelContext, 'layers'>,
): UnlikePrompto | undefined {
  // A name of the user's own `endpoints:` is none that prompto knows.
  const isProviders = model.kind === 'endpoint' && model.endpointName === provider.name;
  if (!isProviders) return undefined;
  const differences = (provider.unlikePrompto ?? []).filter(({ unlessSet = [] }) => {
    return findVariable(layers, unlessSet, model.modelId) === undefined;
  });
  if (differences.length === 0) return undefined;
  return (row) => differences.filter(({ rows }) => HAS[rows](row)).map(({ says }) => says);
}
