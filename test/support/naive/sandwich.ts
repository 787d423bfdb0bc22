import { Matrix, pseudoInverse } from 'ml-matrix';
import type { Comparison } from '../../../src/ranking/table/comparison.ts';

/**
 * The clustered sandwich of Bradley-Terry with half-win ties, row by row with full matrices and a
 * pseudo-inverse: H⁺ (Σ_g u_g u_gᵀ) H⁺ G/(G-1).
 *
 * @param logStrengths by item, in the order of `items`.
 * @param clusterOf name of a row's cluster.
 */
export function naiveSandwich(
  comparisons: readonly Comparison[],
  items: readonly string[],
  logStrengths: readonly number[],
  clusterOf: (row: number) => string,
): Matrix {
  const n = items.length;
  const hessian = Matrix.zeros(n, n);
  const scores = new Map<string, Matrix>();
  comparisons.forEach(({ left, right, verdict, weight = 1 }, row) => {
    const x = Matrix.zeros(n, 1);
    x.set(items.indexOf(left), 0, 1);
    x.set(items.indexOf(right), 0, -1);
    const d = x
      .transpose()
      .mmul(Matrix.columnVector([...logStrengths]))
      .get(0, 0);
    const p = 1 / (1 + Math.exp(-d));
    const outcome = verdict === 'left' ? 1 : verdict === 'right' ? 0 : 0.5;
    hessian.add(x.mmul(x.transpose()).mul(weight * p * (1 - p)));
    const cluster = clusterOf(row);
    const score = scores.get(cluster) ?? Matrix.zeros(n, 1);
    scores.set(cluster, score.add(x.mul(weight * (outcome - p))));
  });
  const meat = Matrix.zeros(n, n);
  for (const score of scores.values()) meat.add(score.mmul(score.transpose()));
  const bread = pseudoInverse(hessian);
  return bread
    .mmul(meat)
    .mmul(bread)
    .mul(scores.size / (scores.size - 1));
}
