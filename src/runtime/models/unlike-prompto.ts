import type { LaneTarget } from '../../experiment/index.ts';
import type { ProviderDescription } from '../../providers/index.ts';
import { findVariable } from '../environment/variable-layers.ts';
import type { ModelContext } from './model-context.ts';
import type { ResolvedModel } from './resolved-model.ts';

type UnlikePrompto = NonNullable<LaneTarget['unlikePrompto']>;

/** Makes the function that says what differs where prompto sends a row of this model otherwise; undefined: nothing ever does. */
export function unlikePrompto(
  model: ResolvedModel,
  provider: ProviderDescription,
  { layers }: Pick<ModelContext, 'layers'>,
): UnlikePrompto | undefined {
  const difference = provider.unlikePrompto;
  // A name of the user's own `endpoints:` is none that prompto knows.
  const isProviders = model.kind === 'endpoint' && model.endpointName === provider.name;
  if (difference === undefined || !isProviders) return undefined;
  const { rows, says } = difference;
  switch (rows) {
    case 'all':
      return () => says;
    case 'one_text':
      return ({ promptForm }) => (promptForm === 'text' ? says : null);
    case 'without_safety_filter':
      return ({ safetyFilter }) => (safetyFilter === null ? says : null);
    case 'without_api_version': {
      const names = (provider.extraVariables ?? []).map(({ name }) => name);
      return findVariable(layers, names, model.modelId) === undefined ? () => says : undefined;
    }
  }
}
