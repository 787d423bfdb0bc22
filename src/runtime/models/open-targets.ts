import type { Model, SimpleModel } from '../../core/model.ts';
import type { Consortium } from '../../panel/index.ts';
import type { LaneDescription } from '../../run/index.ts';
import { endpointLimiter, turnsOf } from './find-lane-target.ts';
import type { ModelContext } from './model-context.ts';
import type { ModelOpener } from './model-opener.ts';
import { type OpenModel, openedConsortium, openingOf } from './open-consortium.ts';
import { simpleParts } from './resolve-consortium.ts';
import type { ResolvedConsortium, ResolvedModel, SimpleResolvedModel } from './resolved-model.ts';

/** One of the models that are asked at the same time. */
export interface AskTarget {
  readonly model: Model;
  readonly lane: LaneDescription;
  /** The lanes of its parts, where it is composite. */
  readonly parts?: ReadonlyMap<SimpleModel, LaneDescription> | undefined;
}

/**
 * Opens models that are to be asked at the same time; those of one endpoint share its limits, be they parts or not.
 *
 * @throws TuttiError when an address or a provider cannot be used.
 */
export async function openTargets(
  models: readonly ResolvedModel[],
  opener: ModelOpener,
  context: Pick<ModelContext, 'providers'>,
): Promise<AskTarget[]> {
  const openPart = openingOf((part) => opener.open(part));
  return Promise.all(
    models.map(async (model): Promise<AskTarget> => {
      if (model.kind !== 'consortium') {
        return { model: await opener.open(model), lane: laneOf(model, context) };
      }
      return {
        model: await openPart(model),
        lane: { name: model.reference, limiters: [] },
        parts: await lanesOfParts(model, openPart, context),
      };
    }),
  );
}

/** A consortium that is asked by itself, with the lanes of its parts. */
export interface OpenedPanel {
  readonly consortium: Consortium;
  readonly lanes: ReadonlyMap<SimpleModel, LaneDescription>;
}

/** Opens the parts of a consortium. @throws TuttiError when an address or a provider cannot be used */
export async function openPanel(
  resolved: ResolvedConsortium,
  opener: ModelOpener,
  context: Pick<ModelContext, 'providers'>,
): Promise<OpenedPanel> {
  const openPart = openingOf((part) => opener.open(part));
  return {
    consortium: await openedConsortium(resolved, openPart),
    lanes: await lanesOfParts(resolved, openPart, context),
  };
}

function laneOf(
  model: SimpleResolvedModel,
  context: Pick<ModelContext, 'providers'>,
): LaneDescription {
  const turns = turnsOf(model, context);
  return { name: model.reference, limiters: endpointLimiter(model), turns };
}

async function lanesOfParts(
  model: ResolvedConsortium,
  openPart: OpenModel,
  context: Pick<ModelContext, 'providers'>,
): Promise<ReadonlyMap<SimpleModel, LaneDescription>> {
  const lanes = new Map<SimpleModel, LaneDescription>();
  for (const part of simpleParts(model)) {
    lanes.set((await openPart(part)) as SimpleModel, laneOf(part, context));
  }
  return lanes;
}
