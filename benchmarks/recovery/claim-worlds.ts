import { seededRandom } from '../../src/core/seeded-random.ts';
import { normalSource } from '../../src/ranking/numerics/normal-draws.ts';
import type { ComparisonTable } from '../../src/ranking/table/comparison-table.ts';
import { ComparisonTableBuilder } from '../../src/ranking/table/comparison-table-builder.ts';

/** How strong the items of a world are: all equal, in three levels of equal ones, or each different. */
export type Strengths = 'equal' | 'levels' | 'spread';

/** A world of clusters (prompts, judges) that each see the items in a way of their own. */
export interface ClaimShape {
  readonly clusters: number;
  readonly items: number;
  readonly rows: number;
  readonly strengths: Strengths;
  /** Standard deviation of each cluster's own view of each item, in log odds. */
  readonly clusterSd: number;
  /** Clusters of one size, or of sizes 1, 1/2, 1/3, … of the largest. */
  readonly sizes: 'same' | 'unequal';
  /** Name of the column of clusters. */
  readonly column: 'prompt' | 'judge';
}

/** Draws votes on random pairs, and the strengths behind them. */
export function drawClaimWorld(
  shape: ClaimShape,
  seed: number,
): { table: ComparisonTable; truth: readonly number[] } {
  const random = seededRandom(seed, 11);
  const normal = normalSource(random);
  const truth = Array.from({ length: shape.items }, (_, item) => {
    if (shape.strengths === 'equal') return 0;
    return shape.strengths === 'levels' ? 0.6 * ((item % 3) - 1) : 0.7 * normal();
  });
  const sizes = Array.from({ length: shape.clusters }, (_, cluster) =>
    shape.sizes === 'same' ? 1 : 1 / (cluster + 1),
  );
  const all = sizes.reduce((sum, one) => sum + one, 0);
  const builder = new ComparisonTableBuilder(shape.rows + 2 * shape.clusters);
  for (let item = 0; item < shape.items; item++) builder.item(`m${item}`);
  for (const [cluster, size] of sizes.entries()) {
    const view = truth.map((one) => one + shape.clusterSd * normal());
    const rows = Math.max(2, Math.round((shape.rows * size) / all));
    for (let at = 0; at < rows; at++) {
      const left = Math.floor(random() * shape.items);
      const right = (left + 1 + Math.floor(random() * (shape.items - 1))) % shape.items;
      const won = random() < 1 / (1 + Math.exp(view[right]! - view[left]!));
      const row = builder.add(left, right, won ? 0 : 1);
      builder.setGroup(shape.column, row, `c${cluster}`);
    }
  }
  return { table: builder.finish(), truth };
}

/** Ordered lists of equally strong items, taken apart into pairs as a file of lists is. */
export function drawListWorld(lists: number, items: number, seed: number): ComparisonTable {
  const random = seededRandom(seed, 12);
  const builder = new ComparisonTableBuilder();
  for (let item = 0; item < items; item++) builder.item(`m${item}`);
  for (let list = 0; list < lists; list++) {
    const order = Array.from({ length: items }, (_, item) => item);
    for (let at = items - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1));
      [order[at], order[other]] = [order[other]!, order[at]!];
    }
    for (let place = 0; place < items; place++) {
      for (let below = place + 1; below < items; below++) {
        const row = builder.add(order[place]!, order[below]!, 0);
        builder.setGroup('ranking', row, `l${list}`);
      }
    }
  }
  return builder.finish();
}

/** A new item with a few votes among equal ones that are well known. */
export function drawNewcomerWorld(votes: number, seed: number): ComparisonTable {
  const random = seededRandom(seed, 13);
  const known = 5;
  const builder = new ComparisonTableBuilder();
  for (let item = 0; item <= known; item++) builder.item(`m${item}`);
  for (let one = 0; one < known; one++) {
    for (let other = 0; other < one; other++) {
      for (let vote = 0; vote < 40; vote++) builder.add(one, other, random() < 0.5 ? 0 : 1);
    }
  }
  for (let vote = 0; vote < votes; vote++) {
    builder.add(known, Math.floor(random() * known), random() < 0.5 ? 0 : 1);
  }
  return builder.finish();
}
