import { type ComparisonTable, VERDICT_CODES } from '../../core/comparison-table.ts';
import { type KendallW, kendallW } from './kendall-w.ts';

/** Kendall's W of the rankings from which comparisons were taken. */
export interface RankingConcordance {
  /** Over all rankings; null when they do not rank the same items. */
  readonly overall: KendallW | null;
  /** Mean of W over prompts (groups of `answers` where there are such) that were ranked at least twice; null without any. */
  readonly meanByPrompt: number | null;
  /** Prompts in that mean. */
  readonly prompts: number;
}

interface Ranking {
  readonly prompt: number;
  readonly rankOf: Map<number, number>;
}

/**
 * Puts the rankings together again from the column `ranking` of a table (rows of one ranking share
 * its group) and measures their concordance. Null when there is no such column.
 */
export function rankingConcordance(table: ComparisonTable): RankingConcordance | null {
  const column = table.groups.ranking;
  if (!column || table.rows === 0) return null;
  const rankings = [...collect(table, column.ids).values()];
  const groups = Map.groupBy(rankings, (ranking) => ranking.prompt);
  const values = [...groups.values()]
    .map((group) => concordanceOf(group)?.w ?? null)
    .filter((w) => w !== null);
  return {
    overall: concordanceOf(rankings),
    meanByPrompt: values.length ? values.reduce((sum, w) => sum + w, 0) / values.length : null,
    prompts: values.length,
  };
}

/** An item's rank is 1 + the number of items it lost to + half of those it tied with. */
function collect(table: ComparisonTable, ids: Uint32Array): Map<number, Ranking> {
  const rankings = new Map<number, Ranking>();
  for (let row = 0; row < table.rows; row++) {
    let ranking = rankings.get(ids[row]!);
    if (!ranking) {
      ranking = {
        prompt: (table.groups.answers ?? table.groups.prompt)?.ids[row] ?? 0,
        rankOf: new Map(),
      };
      rankings.set(ids[row]!, ranking);
    }
    const verdict = table.verdict[row]!;
    const [left, right] = [table.left[row]!, table.right[row]!];
    lower(ranking.rankOf, left, verdict === VERDICT_CODES.left ? 0 : isTie(verdict) ? 0.5 : 1);
    lower(ranking.rankOf, right, verdict === VERDICT_CODES.right ? 0 : isTie(verdict) ? 0.5 : 1);
  }
  return rankings;
}

function isTie(verdict: number): boolean {
  return verdict === VERDICT_CODES.tie || verdict === VERDICT_CODES.both_bad;
}

function lower(rankOf: Map<number, number>, item: number, by: number): void {
  rankOf.set(item, (rankOf.get(item) ?? 1) + by);
}

function concordanceOf(rankings: readonly Ranking[]): KendallW | null {
  const items = [...(rankings[0]?.rankOf.keys() ?? [])];
  const same = rankings.every(
    ({ rankOf }) => rankOf.size === items.length && items.every((item) => rankOf.has(item)),
  );
  if (!same || items.length === 0) return null;
  return kendallW(rankings.map(({ rankOf }) => items.map((item) => rankOf.get(item)!)));
}
