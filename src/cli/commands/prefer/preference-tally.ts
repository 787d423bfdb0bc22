import type { PanelStatistics } from '../../../ranking/panel/index.ts';
import type { PreferOutcome } from '../../../runtime/index.ts';

/** How a model fared in the rankings of one prompt; null where nobody has ranked it. */
export interface TallyLine {
  readonly model: string;
  readonly meanRank: number | null;
  readonly meanRankWithoutSelf: number | null;
  /** Per cent. */
  readonly top1: number | null;
  /** Rankings that it is in. */
  readonly verdicts: number;
}

/** How the models of a panel fared, the best first; those that nobody has ranked last. */
export function tallyOf(
  { models, verdicts }: Pick<PreferOutcome, 'models' | 'verdicts'>,
  { responders }: Pick<PanelStatistics, 'responders'>,
): readonly TallyLine[] {
  const countOf = (model: string) =>
    verdicts.filter(({ ranking }) => ranking?.some((group) => group.includes(model))).length;
  const ranked = responders.map(({ model, meanRank, meanRankWithoutSelf, top1 }) => ({
    ...{ model, meanRank, meanRankWithoutSelf, top1 },
    verdicts: countOf(model),
  }));
  const names = new Set(ranked.map(({ model }) => model));
  const others = models.filter((model) => !names.has(model));
  const none = { meanRank: null, meanRankWithoutSelf: null, top1: null, verdicts: 0 };
  return [...ranked, ...others.map((model) => ({ model, ...none }))];
}
