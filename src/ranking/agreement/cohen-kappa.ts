import { meansWithoutBlocks } from './cohen-without-blocks.ts';
import { type Bounds, jackknifeBounds, NO_BOUNDS } from './jackknife.ts';
import { type JudgePairTable, judgePairTables } from './judge-pair-tables.ts';
import { countUnits, type Ratings } from './ratings.ts';
import { singleUnits, type UnitBlocks } from './unit-blocks.ts';

/** How much a disagreement counts: all the same, by steps, or by squared steps between values. */
export type KappaWeights = 'none' | 'linear' | 'quadratic';

/** Kappa of two judges. */
export interface JudgePairKappa {
  readonly judges: readonly [string, string];
  /** Units that both rated. */
  readonly units: number;
  /** Null where it is undefined because both judges always say one and the same thing. */
  readonly kappa: number | null;
  readonly linear: number | null;
  readonly quadratic: number | null;
}

/** Means of Cohen's kappa over pairs of judges; the bounds are those of the plain one. */
export interface CohenKappa extends Bounds {
  /** Mean over the pairs for which it is defined; null if there is none. */
  readonly kappa: number | null;
  readonly linear: number | null;
  readonly quadratic: number | null;
  readonly linearBounds: Bounds;
  readonly quadraticBounds: Bounds;
  /** Common units a pair of judges needs to be counted. */
  readonly fewestUnits: number;
  readonly pairs: readonly JudgePairKappa[];
  /** Pairs without a kappa, left out of the mean. */
  readonly undefinedPairs: number;
  /** Most units that two judges share; 0 without such a pair. */
  readonly mostUnits: number;
}

/**
 * Cohen's kappa of every two judges with at least `fewestUnits` (default 10) units in common, and its
 * mean, plain and weighted by distance in the order of the values; words have no order and no weights.
 * The bounds of the means leave out one block of units at a time.
 *
 * @param level of the bounds; null for none.
 * @param alike bounds of the plain mean instead of none where all blocks are alike.
 * @returns null when units hold too many ratings to compare every two judges.
 */
export function cohenKappa(
  ratings: Ratings,
  fewestUnits = 10,
  blocks: UnitBlocks = singleUnits(countUnits(ratings)),
  level: number | null = 0.95,
  alike: (none: Bounds) => Bounds = (none) => none,
): CohenKappa | null {
  const tables = judgePairTables(ratings, fewestUnits);
  if (!tables) return null;
  const size = ratings.values.length;
  const ordered = typeof ratings.values[0] !== 'string';
  const kinds: readonly KappaWeights[] = ordered ? ['none', 'linear', 'quadratic'] : ['none'];
  const pairs = tables.map((table) => pairKappa(table, size, ordered));
  const means = [
    meanKnown(pairs.map((pair) => pair.kappa)),
    meanKnown(pairs.map((pair) => pair.linear)),
    meanKnown(pairs.map((pair) => pair.quadratic)),
  ];
  const without =
    level === null ? null : meansWithoutBlocks(ratings, tables, blocks, kinds, kappaOfTable);
  const bounds = means.map((mean, k) =>
    without?.[k] ? jackknifeBounds(mean, without[k]!, level!) : NO_BOUNDS,
  );
  return {
    kappa: means[0]!,
    linear: means[1]!,
    quadratic: means[2]!,
    ...(without === null || means[0] === null ? NO_BOUNDS : alike(bounds[0]!)),
    linearBounds: bounds[1]!,
    quadraticBounds: bounds[2]!,
    fewestUnits,
    pairs,
    undefinedPairs: pairs.filter((pair) => pair.kappa === null).length,
    mostUnits: tables.reduce((most, { units }) => Math.max(most, units), 0),
  };
}

function pairKappa(table: JudgePairTable, size: number, ordered: boolean): JudgePairKappa {
  return {
    judges: table.judges,
    units: table.units,
    kappa: kappaOfTable(table.counts, size, 'none'),
    linear: ordered ? kappaOfTable(table.counts, size, 'linear') : null,
    quadratic: ordered ? kappaOfTable(table.counts, size, 'quadratic') : null,
  };
}

/**
 * Cohen's weighted kappa of a square table of counts: 1 - Σ d·observed / Σ d·expected, d = 1 for every
 * disagreement, |a - b| or (a - b)² by codes (Cohen 1960, 1968).
 *
 * @returns null when no disagreement is expected.
 */
function kappaOfTable(
  counts: ArrayLike<number>,
  size: number,
  weights: KappaWeights,
): number | null {
  const rows = new Float64Array(size);
  const columns = new Float64Array(size);
  let [total, observed, expected] = [0, 0, 0];
  for (let cell = 0; cell < size * size; cell++) {
    rows[Math.floor(cell / size)]! += counts[cell]!;
    columns[cell % size]! += counts[cell]!;
    total += counts[cell]!;
  }
  for (let cell = 0; cell < size * size; cell++) {
    const [a, b] = [Math.floor(cell / size), cell % size];
    const steps = Math.abs(a - b);
    const distance =
      weights === 'none' ? Math.min(1, steps) : steps ** (weights === 'linear' ? 1 : 2);
    observed += distance * counts[cell]!;
    expected += (distance * rows[a]! * columns[b]!) / total;
  }
  return expected > 0 ? 1 - observed / expected : null;
}

function meanKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
