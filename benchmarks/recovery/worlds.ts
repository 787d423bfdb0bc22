import { seededRandom } from '../../src/core/seeded-random.ts';
import { rank } from '../../src/ranking/index.ts';
import { normalSource } from '../../src/ranking/numerics/normal-draws.ts';
import type { ComparisonTable } from '../../src/ranking/table/comparison-table.ts';
import { ComparisonTableBuilder } from '../../src/ranking/table/comparison-table-builder.ts';

/** A world in which the truth is known. */
export interface World {
  readonly logStrengths: readonly number[];
  /** ν of Davidson's model; 0 for no ties. */
  readonly ties: number;
  /** Standard deviation of each judge's own view of each item. */
  readonly judgeSd: number;
}

/** Draws a world: strengths are normal with this standard deviation. */
export function drawWorld(
  seed: number,
  shape: { items: number; sd: number; ties?: number; judgeSd?: number },
): World {
  const normal = normalSource(seededRandom(seed, 1));
  const logStrengths = Array.from({ length: shape.items }, () => shape.sd * normal());
  return { logStrengths, ties: shape.ties ?? 0, judgeSd: shape.judgeSd ?? 0 };
}

/** Probabilities of left, right and tie. */
function probabilities(d: number, ties: number): [number, number, number] {
  const [won, lost] = [Math.exp(d / 2), Math.exp(-d / 2)];
  const normal = won + lost + ties;
  return [won / normal, lost / normal, ties / normal];
}

/** Draws comparisons of random pairs, each about as often; with judges, each gives the same number. */
export function drawComparisons(
  world: World,
  seed: number,
  shape: { rows: number; judges?: number },
): ComparisonTable {
  const random = seededRandom(seed, 2);
  const normal = normalSource(random);
  const items = world.logStrengths.length;
  const judges = shape.judges ?? 1;
  const pairs = pairRounds(items, random);
  const builder = new ComparisonTableBuilder(shape.rows);
  for (let item = 0; item < items; item++) builder.item(`m${item}`);
  for (let judge = 0; judge < judges; judge++) {
    const view = world.logStrengths.map((one) => one + world.judgeSd * normal());
    const until = Math.round(((judge + 1) * shape.rows) / judges);
    for (let row = Math.round((judge * shape.rows) / judges); row < until; row++) {
      const [left, right] = pairs.next();
      const [won, lost] = probabilities(view[left]! - view[right]!, world.ties);
      const at = random();
      builder.add(left, right, at < won ? 0 : at < won + lost ? 1 : 2);
      if (shape.judges !== undefined) builder.setGroup('judge', row, `j${judge}`);
    }
  }
  return builder.finish();
}

/** All pairs in a random order, then all again in another one, and so on. */
function pairRounds(items: number, random: () => number): { next(): readonly [number, number] } {
  const all: (readonly [number, number])[] = [];
  for (let left = 0; left < items; left++) {
    for (let right = 0; right < left; right++) all.push([left, right]);
  }
  let at = all.length;
  return {
    next() {
      if (at === all.length) {
        for (let place = all.length - 1; place > 0; place--) {
          const other = Math.floor(random() * (place + 1));
          [all[place], all[other]] = [all[other]!, all[place]!];
        }
        at = 0;
      }
      return all[at++]!;
    },
  };
}

/**
 * What Bradley-Terry with half-win ties would give on endless comparisons: its fit to the probabilities
 * of all pairs, averaged over 20,000 judges where judges differ. Log strengths with mean 0.
 */
export function bradleyTerryTruth(world: World, seed: number): number[] {
  const items = world.logStrengths.length;
  const builder = new ComparisonTableBuilder();
  for (let item = 0; item < items; item++) builder.item(`m${item}`);
  const normal = normalSource(seededRandom(seed, 3));
  const views = world.judgeSd === 0 ? 1 : 20_000;
  const noise = Float64Array.from({ length: views * items }, () => world.judgeSd * normal());
  for (let left = 0; left < items; left++) {
    for (let right = left + 1; right < items; right++) {
      let score = 0;
      for (let view = 0; view < views; view++) {
        const d =
          world.logStrengths[left]! -
          world.logStrengths[right]! +
          noise[view * items + left]! -
          noise[view * items + right]!;
        const [won, , tied] = probabilities(d, world.ties);
        score += (won + tied / 2) / views;
      }
      builder.add(left, right, 0, score);
      builder.add(left, right, 1, 1 - score);
    }
  }
  const { estimate } = rank(builder.finish(), { cluster: 'comparison' });
  return [...estimate!.values];
}

/** Log strengths with mean 0. */
export function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return values.map((one) => one - mean);
}
