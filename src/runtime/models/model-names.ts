import type { ModelName } from '../../panel/index.ts';
import { simpleParts } from './resolve-consortium.ts';
import type { ResolvedModel } from './resolved-model.ts';

/** What a model, or its parts, are called besides their references: an alias hides what it stands for. */
export function modelNames(model: ResolvedModel): readonly ModelName[] {
  const all = new Set<ResolvedModel>([model, ...simpleParts(model)]);
  return [...all].map(({ laneName, reference, modelId }) => ({
    reference: laneName,
    alias: reference,
    modelId,
  }));
}
