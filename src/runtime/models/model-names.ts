import type { ConsortiumMember } from '../../panel/index.ts';
import { simpleParts } from './resolve-consortium.ts';
import type { ResolvedModel } from './resolved-model.ts';

/** What a model, or its parts, are called besides their references: an alias hides what it stands for. */
export function modelNames(model: ResolvedModel): ConsortiumMember['names'] {
  const all = new Set<ResolvedModel>([model, ...simpleParts(model)]);
  return [...all].map(({ laneName, reference, modelId }) => ({
    reference: laneName,
    alias: reference,
    modelId,
  }));
}
