import type { Random } from '../../core/clock.ts';
import { quantileOfSorted } from '../numerics/quantile.ts';
import { type Disagreement, DisagreementMeter } from './disagreement.ts';
import { type Distance, numericValues } from './distance.ts';
import { hayesReplicates } from './hayes-bootstrap.ts';
import { type Bounds, jackknifeBounds } from './jackknife.ts';
import { countUnits, type Ratings } from './ratings.ts';
import { singleUnits, type UnitBlocks } from './unit-blocks.ts';
import { countByUnit, type UnitCounts } from './unit-counts.ts';

/** How alpha is computed. */
export interface AlphaOptions {
  /** Default `nominal`. */
  readonly distance?: Distance;
  /**
   * `clusters` leaves out one prompt at a time (default; one unit where prompts are not known);
   * `bootstrap` draws whole prompts with replacement, `units` whole units; `hayes` draws single
   * disagreements, as Hayes' KALPHA macro does; `none` gives no interval, for no other figure either.
   */
  readonly interval?: AlphaInterval;
  /** Resamples of `bootstrap`, `units` and `hayes`, 1 or more; default 1000. */
  readonly rounds?: number;
  /** Confidence level between 0 and 1; default 0.95. */
  readonly level?: number;
}

/** How the interval of alpha is made. */
export type AlphaInterval = 'clusters' | 'bootstrap' | 'units' | 'hayes' | 'none';

/** Krippendorff's alpha and what it was computed from. */
export interface Alpha extends Bounds {
  readonly distance: Distance;
  /** 1 for perfect agreement, 0 for agreement by chance; null without a unit of two ratings. */
  readonly alpha: number | null;
  /** Sum of observed disagreement over the coincidence matrix. */
  readonly observed: number;
  /** The same sum as chance would make it. */
  readonly expected: number;
  readonly interval: AlphaInterval;
  /** Units with at least two ratings, and the ratings in them. */
  readonly units: number;
  readonly ratings: number;
  /** True when all those ratings are the same value: alpha is then 1 by convention and shows nothing. */
  readonly constant: boolean;
}

/** Most steps of an interval by `clusters`; beyond there is none. */
const MAX_STEPS = 1_000_000_000;

/**
 * Krippendorff's alpha = 1 - observed / expected disagreement, for any number of judges, with
 * missing ratings; units with a single rating do not count (Krippendorff, Content Analysis, 2004,
 * chapter 11). When nothing varies (expected = 0) it is 1, and `constant` says so.
 *
 * @param random source of the resamples.
 * @param blocks units that are independent of each other; default each.
 */
export function krippendorffAlpha(
  ratings: Ratings,
  random: Random,
  options: AlphaOptions = {},
  blocks: UnitBlocks = singleUnits(countUnits(ratings)),
): Alpha {
  const { distance = 'nominal', interval = 'clusters', rounds = 1000, level = 0.95 } = options;
  const counts = countByUnit(ratings);
  const values = numericValues(ratings.values, distance);
  const meter = new DisagreementMeter(counts, values, distance);
  const { observed, expected } = meter.measure(new Uint8Array(counts.units).fill(1));
  const constant = counts.units > 0 && expected === 0;
  const found = { distance, observed, expected, units: counts.units, ratings: counts.ratings };
  const alpha = counts.units === 0 ? null : alphaOf({ observed, expected });
  const none = { ...found, alpha, low: null, high: null, interval: 'none' as const, constant };
  if (alpha === null || constant || interval === 'none') return none;
  if (interval === 'clusters') {
    const groups = countedBlocks(counts, blocks);
    const passes = distance === 'ordinal' ? groups.length * counts.units : 0;
    if (passes + groups.length * counts.valueCount > MAX_STEPS) return none;
    const without = meter.withoutBlocks(groups).map(alphaOf);
    return { ...found, alpha, ...jackknifeBounds(alpha, without, level), interval, constant };
  }
  const drawn = interval === 'units' ? singleUnits(countUnits(ratings)) : blocks;
  const replicates =
    interval === 'hayes'
      ? hayesReplicates(counts, meter.pairDistance(), expected, rounds, random)
      : blockReplicates(
          meter,
          counts,
          inOwnOrder(countedBlocks(counts, drawn), counts),
          rounds,
          random,
        );
  const [low, high] = percentileBounds(replicates, level);
  return { ...found, alpha, low, high, interval, constant };
}

/** 1 - observed / expected; without any expected disagreement 1, or 0 if there is an observed one. */
function alphaOf({ observed, expected }: Disagreement): number {
  if (expected === 0) return observed === 0 ? 1 : 0;
  return 1 - observed / expected;
}

/** The counted units of each block that has any. */
function countedBlocks(counts: UnitCounts, blocks: UnitBlocks): number[][] {
  const places = new Map<number, number>();
  for (const [place, unit] of counts.unit.entries()) places.set(unit, place);
  return Array.from({ length: blocks.count }, (_, block) => {
    const own: number[] = [];
    for (let k = blocks.start[block]!; k < blocks.start[block + 1]!; k++) {
      const place = places.get(blocks.order[k]!);
      if (place !== undefined) own.push(place);
    }
    return own;
  }).filter((own) => own.length > 0);
}

/** Blocks in an order that depends on what is in them alone: draws by number do not see the file's order. */
function inOwnOrder(blocks: number[][], counts: UnitCounts): number[][] {
  const { start, code, count, mirror } = counts;
  const textOf = (unit: number) => {
    const entries = Array.from({ length: start[unit + 1]! - start[unit]! }, (_, k) => {
      const at = start[unit]! + k;
      return [code[at]!, count[at]!] as const;
    });
    const text = (codeOf: (one: number) => number) =>
      entries
        .map(([one, times]) => `${codeOf(one)}x${times}`)
        .sort()
        .join(' ');
    const own = text((one) => one);
    const other = mirror === null ? own : text((one) => mirror[one]!);
    return own < other ? own : other;
  };
  const named = blocks.map((units) => ({ units, text: units.map(textOf).sort().join(';') }));
  named.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return named.map(({ units }) => units);
}

function blockReplicates(
  meter: DisagreementMeter,
  counts: UnitCounts,
  blocks: readonly (readonly number[])[],
  rounds: number,
  random: Random,
): Float64Array {
  const draws = new Uint32Array(counts.units);
  const replicates = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    draws.fill(0);
    for (let k = 0; k < blocks.length; k++) {
      for (const unit of blocks[Math.floor(random() * blocks.length)]!) draws[unit]! += 1;
    }
    replicates[round] = alphaOf(meter.measure(draws));
  }
  return replicates;
}

/** The bounds that cut (1 - level) / 2 of the replicates off at each end. */
function percentileBounds(replicates: Float64Array, level: number): [number, number] {
  const sorted = replicates.slice().sort();
  const tail = (1 - level) / 2;
  return [quantileOfSorted(sorted, tail), quantileOfSorted(sorted, 1 - tail)];
}
