import type { Model } from '../../core/model.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { chooseModels } from '../models/choose-models.ts';
import { createFindTarget } from '../models/find-lane-target.ts';
import { simpleParts } from '../models/resolve-consortium.ts';
import type { ResolvedModel } from '../models/resolved-model.ts';
import { isSet, laneLimits, runValues, totalLimits } from '../settings/settings.ts';

/**
 * Opens models for a program, by references, the aliases of the settings or the names of saved consortiums.
 *
 * @throws TuttiError `unknown_model`, `missing_key` or `bad_settings` with every model that cannot be asked.
 */
export async function openModels(
  context: ActionContext,
  references: readonly string[],
): Promise<readonly Model[]> {
  const configuration = await readConfiguration(context, { references });
  const models = chooseModels(references, configuration);
  const values = runValues(configuration.settings, {});
  const findTarget = createFindTarget({
    context: configuration,
    limits: new Map(),
    usual: laneLimits(values),
    total: totalLimits(values),
    concurrencyIsSet: isSet('concurrency', configuration.settings, {}),
    open: (model) => context.opener.open(model),
  });
  const selector = { api: null, modelName: null, group: null };
  const openLane = async ({ reference }: ResolvedModel) => {
    const target = findTarget({ ...selector, reference });
    if ('message' in target) throw new Error(target.message);
    const model = await target.open();
    context.lanes.set(model, target);
    return model;
  };
  return Promise.all(
    models.map(async (model) => {
      // A consortium has no lane, its parts have.
      for (const part of simpleParts(model)) if (part !== model) await openLane(part);
      return await openLane(model);
    }),
  );
}
