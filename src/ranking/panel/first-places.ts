import { type ByName, byName } from './by-name.ts';
import type { PanelRanking, PanelRankings } from './panel-rankings.ts';

/** Which answers the judges put first on a prompt in a round. */
export interface FirstPlaces {
  readonly prompt: string;
  readonly round: number;
  /** Models by judge; several, by name, where they are equal. */
  readonly firsts: ByName<readonly string[]>;
  /** True when two judges do not name the same first places. */
  readonly disagree: boolean;
}

/** First places by prompt and round. */
export function firstPlaces({ prompts, judges, models, rankings }: PanelRankings): FirstPlaces[] {
  const rows: PanelRanking[][] = [];
  for (const ranking of rankings) {
    const last = rows.at(-1)?.[0];
    if (last?.prompt === ranking.prompt && last.round === ranking.round) rows.at(-1)!.push(ranking);
    else rows.push([ranking]);
  }
  return rows.map((row) => {
    const firsts = row.map((ranking) => firstsOf(ranking));
    const named = firsts.map((group) => group.toSorted((a, b) => a - b).join());
    return {
      prompt: prompts[row[0]!.prompt]!,
      round: row[0]!.round,
      firsts: byName(
        row.map(({ judge }, at) => [
          judges[judge]!,
          firsts[at]!.map((model) => models[model]!).sort(),
        ]),
      ),
      disagree: named.some((group) => group !== named[0]),
    };
  });
}

function firstsOf({ models, ranks }: PanelRanking): number[] {
  const best = ranks.reduce((least, rank) => Math.min(least, rank), Number.POSITIVE_INFINITY);
  return models.filter((_, place) => ranks[place] === best);
}
