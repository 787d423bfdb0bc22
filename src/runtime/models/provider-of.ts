import type { ProviderDescription } from '../../providers/index.ts';
import { findSimModel } from '../../sim/settings/find-sim-model.ts';
import type { ModelContext } from './model-context.ts';
import type { SimpleResolvedModel } from './resolved-model.ts';

/** The provider whose protocol a model is asked by. */
export function providerOf(
  model: SimpleResolvedModel,
  { providers }: Pick<ModelContext, 'providers'>,
): ProviderDescription | undefined {
  const provider =
    model.kind === 'endpoint' ? model.provider : findSimModel(model.simulatedAs)?.provider;
  return providers.find(({ name }) => name === provider);
}
