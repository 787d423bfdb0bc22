import type { PanelRankings } from './panel-rankings.ts';
import { NumberedMeans, type PromptInterval } from './prompt-means.ts';

/** What is said of something by its name; names come from outside, so that there is nothing else in it. */
export type ByName<Value> = Readonly<Record<string, Value>>;

/** An object of names alone, in which `__proto__` is a name as any other. */
export function byName<Value>(entries: Iterable<readonly [string, Value]>): ByName<Value> {
  const object = Object.create(null) as Record<string, Value>;
  for (const [name, value] of entries) object[name] = value;
  return object;
}

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
      const cells = Array.from({ length: own.length }, (_, model) => own.interval(model).value);
      const known = cells.flatMap((value, model) =>
        value === null ? [] : [[models[model]!, value] as const],
      );
      return [judges[judge]!, byName(known)] as const;
    }),
  );
}

/** How the answer at a place of those shown was ranked. */
export interface PanelPosition {
  /** From 1. */
  readonly place: number;
  readonly meanRank: number;
}

/** Mean rank of what was shown first, second and so on; without a pull of places all are about the same. */
export function positionsOf({ rankings }: PanelRankings): PanelPosition[] {
  const means = new NumberedMeans();
  for (const { prompt, ranks } of rankings) {
    for (const [place, rank] of ranks.entries()) means.add(place, prompt, rank);
  }
  const intervals: PromptInterval[] = [];
  for (let place = 0; place < means.length; place++) intervals.push(means.interval(place));
  return intervals.map(({ value }, place) => ({ place: place + 1, meanRank: value! }));
}
