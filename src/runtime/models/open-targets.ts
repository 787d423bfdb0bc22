import type { Model } from '../../core/model.ts';
import type { LaneDescription } from '../../run/index.ts';
import { endpointLimiter, turnsOf } from './find-lane-target.ts';
import type { ModelContext } from './model-context.ts';
import type { ModelOpener } from './model-opener.ts';
import type { ResolvedModel } from './resolved-model.ts';

/** One of the models that are asked at the same time. */
export interface AskTarget {
  readonly model: Model;
  readonly lane: LaneDescription;
}

/**
 * Opens models that are to be asked at the same time; those of one endpoint share its limits.
 *
 * @throws TuttiError when an address or a provider cannot be used.
 */
export async function openTargets(
  models: readonly ResolvedModel[],
  opener: ModelOpener,
  context: Pick<ModelContext, 'providers'>,
): Promise<AskTarget[]> {
  const opened = await Promise.all(models.map((model) => opener.open(model)));
  return opened.map((model, index) => {
    const resolved = models[index]!;
    const turns = turnsOf(resolved, context);
    return {
      model,
      lane: { name: model.reference, limiters: endpointLimiter(resolved), turns },
    };
  });
}
