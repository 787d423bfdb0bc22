import { isComposite, type Model, type SimpleModel } from '../../core/model.ts';
import type { PreferOptions } from '../../panel/index.ts';
import type { LaneDescription } from '../../run/index.ts';
import type { ResolvedPanel } from './choose-panel.ts';
import { modelNames } from './model-names.ts';
import type { AskTarget } from './open-targets.ts';
import type { ResolvedModel } from './resolved-model.ts';

/** What of a panel is made of its models. */
export type PanelModels = Pick<PreferOptions, 'models' | 'judges'>;

/** Opens the models of a panel, each once. */
export async function openPanelModels(
  { models, judges }: ResolvedPanel,
  open: (model: ResolvedModel) => Promise<Model>,
): Promise<PanelModels> {
  const opened = new Map<ResolvedModel, Promise<Model>>();
  for (const one of [...models, ...judges]) if (!opened.has(one)) opened.set(one, open(one));
  return {
    models: await Promise.all(
      models.map(async (model) => ({ model: await opened.get(model)!, names: modelNames(model) })),
    ),
    judges: await Promise.all(judges.map((judge) => opened.get(judge)!)),
  };
}

/** The lanes of the simple models of several targets. */
export function lanesOf(targets: readonly AskTarget[]): ReadonlyMap<SimpleModel, LaneDescription> {
  const lanes = new Map<SimpleModel, LaneDescription>();
  for (const { model, lane, parts = [] } of targets) {
    if (!isComposite(model)) lanes.set(model, lane);
    for (const [part, own] of parts) lanes.set(part, own);
  }
  return lanes;
}
