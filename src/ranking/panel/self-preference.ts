import type { PanelRankings } from './panel-rankings.ts';
import { NumberedMeans, type PromptInterval, PromptMeans } from './prompt-means.ts';
import type { RankedSet } from './ranked-sets.ts';

/** How much better a judge ranks its own answer than the others do. */
export interface SelfPreference {
  readonly overall: PromptInterval;
  /** Judges that answered too. */
  readonly judges: readonly ({ readonly judge: string } & PromptInterval)[];
}

/**
 * Mean rank that the other judges gave a judge's answer, less the rank it gave it itself, on the same set of
 * answers: above 0 it thinks better of itself than they do.
 */
export function selfPreference(
  { judges, models }: PanelRankings,
  sets: readonly RankedSet[],
): SelfPreference {
  const modelOf = new Map(models.map((name, model) => [name, model]));
  const overall = new PromptMeans();
  const own = new NumberedMeans();
  for (const set of sets) {
    for (const [at, judge] of set.judges.entries()) {
      const place = set.models.indexOf(modelOf.get(judges[judge]!) ?? -1);
      if (place < 0 || set.judges.length < 2) continue;
      const sum = set.ranks.reduce((total, ranks) => total + ranks[place]!, 0);
      const rank = set.ranks[at]![place]!;
      const value = (sum - rank) / (set.judges.length - 1) - rank;
      overall.add(set.prompt, value);
      own.add(judge, set.prompt, value);
    }
  }
  const named = judges.map((judge, id) => ({ judge, ...own.interval(id) }));
  return { overall: overall.interval(), judges: named.filter(({ prompts }) => prompts > 0) };
}
