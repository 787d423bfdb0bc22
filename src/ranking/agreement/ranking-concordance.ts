import { type ComparisonTable, VERDICT_CODES } from '../table/comparison-table.ts';
import { type Bounds, jackknifeBounds, NO_BOUNDS } from './jackknife.ts';
import { type KendallW, kendallW } from './kendall-w.ts';

/** Kendall's W of the rankings from which comparisons were taken. */
export interface RankingConcordance {
  /** Over all rankings, with bounds that leave out a prompt at a time; null when they do not rank the same items. */
  readonly overall: (KendallW & Bounds) | null;
  /** Mean of W over prompts (groups of `answers` where there are such) that were ranked at least twice; null without any. */
  readonly meanByPrompt: number | null;
  /** Its bounds, over prompts. */
  readonly meanBounds: Bounds;
  /** Prompts in that mean. */
  readonly prompts: number;
}

interface Ranking {
  readonly prompt: number;
  readonly rankOf: Map<number, number>;
}

/**
 * Puts the rankings together again from the column `ranking` of a table (rows of one ranking share
 * its group) and measures their concordance. There is no test: rankings of one judge, or of one prompt,
 * are not independent. Null when there is no such column, or no ranking of three items or more.
 *
 * @param level of the bounds; default 0.95.
 */
export function rankingConcordance(
  table: ComparisonTable,
  level = 0.95,
): RankingConcordance | null {
  const column = table.groups.ranking;
  if (!column || table.rows === 0) return null;
  const known = column.known ?? column.count;
  const rankings = [...collect(table, column.ids, known).values()];
  // Two items are a comparison; there is nothing to be concordant about.
  if (rankings.every(({ rankOf }) => rankOf.size < 3)) return null;
  const groups = [...Map.groupBy(rankings, (ranking) => ranking.prompt).values()];
  const values = groups.map((group) => concordanceOf(group)?.w ?? null).filter((w) => w !== null);
  const mean = values.length ? values.reduce((sum, w) => sum + w, 0) / values.length : null;
  const meansWithout = values.map((w) => (mean! * values.length - w) / (values.length - 1));
  return {
    overall: overallOf(rankings, groups, level),
    meanByPrompt: mean,
    meanBounds: inUnit(jackknifeBounds(mean, values.length < 2 ? [] : meansWithout, level)),
    prompts: values.length,
  };
}

/** Beyond so many rankings times prompts the bounds are not computed. */
const MAX_STEPS = 2_000_000;

function overallOf(
  rankings: readonly Ranking[],
  groups: readonly (readonly Ranking[])[],
  level: number,
): (KendallW & Bounds) | null {
  const overall = concordanceOf(rankings);
  if (overall === null) return null;
  if (groups.length < 2 || rankings.length * groups.length > MAX_STEPS) {
    return { ...overall, ...NO_BOUNDS };
  }
  const without = groups.map((group) => {
    const left = new Set(group);
    return concordanceOf(rankings.filter((one) => !left.has(one)))?.w ?? Number.NaN;
  });
  return { ...overall, ...inUnit(jackknifeBounds(overall.w, without, level)) };
}

function inUnit({ low, high }: Bounds): Bounds {
  return { low: low === null ? null : Math.max(0, low), high };
}

/** An item's rank is 1 + the number of items it lost to + half of those it tied with. */
function collect(table: ComparisonTable, ids: Uint32Array, known: number): Map<number, Ranking> {
  const rankings = new Map<number, Ranking>();
  for (let row = 0; row < table.rows; row++) {
    if (ids[row]! >= known) continue;
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
