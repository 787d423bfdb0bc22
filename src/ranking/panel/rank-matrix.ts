import { type ByName, byName } from './by-name.ts';
import type { PanelRankings } from './panel-rankings.ts';
import { NumberedMeans } from './prompt-means.ts';

/** Mean rank that each judge gave each model. */
export function rankMatrix({ judges, models, rankings }: PanelRankings): ByName<ByName<number>> {
  const means = new Map<number, NumberedMeans>();
  for (const { judge, prompt, models: shown, ranks } of rankings) {
    let own = means.get(judge);
    if (own === undefined) {
      own = new NumberedMeans();
      means.set(judge, own);
    }
    for (const [place, model] of shown.entries()) own.add(model, prompt, ranks[place]!);
  }
  const judged = [...means].sort(([a], [b]) => a - b);
  return byName(
    judged.map(([judge, own]) => {
      const cells = own.numbers.map(
        (model) => [models[model]!, own.interval(model).value!] as const,
      );
      return [judges[judge]!, byName(cells)] as const;
    }),
  );
}
