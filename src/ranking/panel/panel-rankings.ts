import { type PanelVerdict, rankingProblem } from './panel-verdict.ts';

/** The ranking of one judge, in numbers. */
export interface PanelRanking {
  readonly prompt: number;
  readonly round: number;
  readonly judge: number;
  /** The models in the order in which they were shown. */
  readonly models: readonly number[];
  /** Rank of each of them, 1 = best; tied ones share their mean rank. */
  readonly ranks: readonly number[];
}

/** All rankings of a study, those of a prompt together and in the order of their rounds. */
export interface PanelRankings {
  /** Of all verdicts, also of those without a ranking. */
  readonly prompts: readonly string[];
  readonly judges: readonly string[];
  readonly models: readonly string[];
  readonly rankings: readonly PanelRanking[];
  /** Verdicts without a ranking of what was shown, and second ones of a judge on a prompt and round. */
  readonly malformed: number;
}

/** Is told of each verdict that cannot be used, by its place among all, and why. */
export type OnMalformed = (place: number, problem: string) => void;

/**
 * Turns verdicts into rankings in numbers.
 *
 * @param verdicts in any order; of two of one judge on a prompt and round the first counts.
 */
export function panelRankings(
  verdicts: Iterable<PanelVerdict>,
  onMalformed: OnMalformed = () => {},
): PanelRankings {
  const [prompts, judges, models] = [new Names(), new Names(), new Names()];
  const seen = new Set<string>();
  const rankings: PanelRanking[] = [];
  let [place, malformed] = [0, 0];
  for (const verdict of verdicts) {
    const [prompt, judge] = [prompts.id(verdict.prompt), judges.id(verdict.judge)];
    const key = `${prompt} ${verdict.round} ${judge}`;
    const problem =
      rankingProblem(verdict) ??
      (seen.has(key) ? 'is the second ranking of its judge on this prompt and round' : null);
    if (problem === null) {
      seen.add(key);
      const ranks = ranksOf(verdict);
      rankings.push({
        prompt,
        judge,
        round: verdict.round,
        models: verdict.shown.map((name) => models.id(name)),
        ranks: verdict.shown.map((name) => ranks.get(name)!),
      });
    } else {
      malformed += 1;
      onMalformed(place, problem);
    }
    place += 1;
  }
  rankings.sort((a, b) => a.prompt - b.prompt || a.round - b.round);
  return {
    prompts: prompts.names,
    judges: judges.names,
    models: models.names,
    rankings,
    malformed,
  };
}

function ranksOf({ ranking }: PanelVerdict): Map<string, number> {
  const ranks = new Map<string, number>();
  let better = 0;
  for (const group of ranking!) {
    for (const model of group) ranks.set(model, better + (group.length + 1) / 2);
    better += group.length;
  }
  return ranks;
}

/** Numbers of names, in the order in which they come. */
class Names {
  readonly names: string[] = [];
  readonly #ids = new Map<string, number>();

  id(name: string): number {
    let id = this.#ids.get(name);
    if (id === undefined) {
      id = this.names.push(name) - 1;
      this.#ids.set(name, id);
    }
    return id;
  }
}
