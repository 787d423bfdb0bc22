import { bootstrapJob } from '../bootstrap/bootstrap-job.ts';
import { bootstrapRounds } from '../bootstrap/bootstrap-rounds.ts';
import { type Comparisons, toTableAsync } from '../input/to-table.ts';
import type { RankOptions } from '../options/options.ts';
import type { Comparison } from '../table/comparison.ts';
import { finishRanking } from './finish-ranking.ts';
import { bootstrapUnits } from './make-estimate.ts';
import { prepareRanking } from './prepare-ranking.ts';
import type { Ranking } from './ranking.ts';

/**
 * Rates items from comparisons, with intervals and the ranks that they support.
 *
 * The default method is Bradley-Terry, P(i beats j) = s_i / (s_i + s_j), by maximum likelihood
 * (Newton's method), with robust (sandwich) intervals of each rating relative to the mean item,
 * clustered by prompt or judge where at least 10 are known. Ratings are 1000 + (400 / ln 10)(ln s - mean ln s).
 *
 * @param comparisons a list, anything iterable or async iterable, or a table.
 * @param options see `RankOptions`; all have defaults.
 * @returns the items, best first; a promise of them for an async iterable.
 * @throws TuttiError `no_comparisons`, `bad_input` (an item against itself, weights, features),
 * `bad_usage` (options), `not_comparable` (items that never won or never lost, separate groups),
 * `too_many_items`. A fit that did not converge does not throw: see `Ranking.problems`.
 * @example
 * const ranking = rank([
 *   { left: 'a', right: 'b', verdict: 'left' },
 *   { left: 'b', right: 'a', verdict: 'left' },
 *   { left: 'a', right: 'b', verdict: 'tie' },
 * ]);
 * ranking.items[0]?.rating; // 1000
 */
export function rank(comparisons: Comparisons, options?: RankOptions): Ranking;
export function rank(
  comparisons: AsyncIterable<Comparison>,
  options?: RankOptions,
): Promise<Ranking>;
export function rank(
  comparisons: Comparisons | AsyncIterable<Comparison>,
  options: RankOptions = {},
): Ranking | Promise<Ranking> {
  if (Symbol.asyncIterator in comparisons) {
    return toTableAsync(comparisons).then((table) => rank(table, options));
  }
  const prepared = prepareRanking(comparisons, options);
  if (prepared.options.intervals !== 'bootstrap') return finishRanking(prepared);
  const { data, fit, options: resolved } = prepared;
  const rounds = bootstrapUnits(prepared).map((unit) => {
    const job = bootstrapJob(data, fit, { ...resolved, cluster: unit });
    return { unit, ...bootstrapRounds(job, 0, resolved.rounds) };
  });
  return finishRanking(prepared, rounds);
}

/**
 * As `rank` with bootstrap intervals: comparisons (or whole clusters of them) are drawn again with
 * replacement, the method is refitted in every round, and bounds are read off the rounds' values.
 * Exactly multinomial and seeded; for several threads see `bootstrapJob` and `bootstrapRounds`.
 *
 * @throws TuttiError as `rank`.
 * @example
 * const comparisons: Comparison[] = [
 *   { left: 'a', right: 'b', verdict: 'left' },
 *   { left: 'b', right: 'a', verdict: 'left' },
 * ];
 * bootstrap(comparisons, { rounds: 100, prior: 1 }).items[0]?.low;
 */
export function bootstrap(
  comparisons: Comparisons,
  options?: Omit<RankOptions, 'intervals'>,
): Ranking;
export function bootstrap(
  comparisons: AsyncIterable<Comparison>,
  options?: Omit<RankOptions, 'intervals'>,
): Promise<Ranking>;
export function bootstrap(
  comparisons: Comparisons | AsyncIterable<Comparison>,
  options: Omit<RankOptions, 'intervals'> = {},
): Ranking | Promise<Ranking> {
  const wanted = { ...options, intervals: 'bootstrap' as const };
  return Symbol.asyncIterator in comparisons
    ? rank(comparisons, wanted)
    : rank(comparisons, wanted);
}
