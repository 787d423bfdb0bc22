import { logistic } from '../agreement/nuisance-strengths.ts';
import { studentQuantile } from '../numerics/distributions.ts';
import type { BaselineRow } from './baseline-row.ts';

/** A win rate at equal length of the answers. */
export interface ControlledWinRate {
  readonly winRate: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Log odds that an answer gains that is longer by one standard deviation or more (tanh → 1). */
  readonly lengthLogOdds: number;
}

/**
 * The length-controlled win rate of AlpacaEval 2 (Dubois et al. 2024): logit P(win) = θ + φ tanh(Δ / sd Δ),
 * Δ the difference in length, read off at Δ = 0. AlpacaEval adds the difficulty of each instruction,
 * known from its own leaderboard alone, and shrinks φ; here the maximum of the likelihood is taken. The
 * interval is that of θ with errors clustered as the plain one's, by t with G - 1 degrees.
 *
 * @returns null where lengths never differ, or where they or the wins leave θ or φ without a finite value.
 */
export function controlledWinRate(
  rows: readonly BaselineRow[],
  level: number,
): ControlledWinRate | null {
  const deviation = deviationOf(rows);
  if (!(deviation > 0)) return null;
  const z = rows.map(({ longer }) => Math.tanh(longer / deviation));
  const fit = fitLine(rows, z);
  if (fit === null) return null;
  const { theta, phi, inverse } = fit;
  const scores = new Map<number, number>();
  for (const [k, { points, weight, cluster }] of rows.entries()) {
    const residual = weight * (points - logistic(theta + phi * z[k]!));
    const influence = (inverse[0] + inverse[1] * z[k]!) * residual;
    scores.set(cluster, (scores.get(cluster) ?? 0) + influence);
  }
  const found = { winRate: logistic(theta), lengthLogOdds: phi };
  if (scores.size < 2) return { ...found, low: null, high: null };
  const squares = [...scores.values()].reduce((sum, score) => sum + score * score, 0);
  const error = Math.sqrt((squares * scores.size) / (scores.size - 1));
  const half = studentQuantile((1 + level) / 2, scores.size - 1) * error;
  return { ...found, low: logistic(theta - half), high: logistic(theta + half) };
}

/** Standard deviation of the differences in length, a verdict of two rows counting once. */
function deviationOf(rows: readonly BaselineRow[]): number {
  let [total, sum] = [0, 0];
  for (const { weight, longer } of rows) {
    total += weight;
    sum += weight * longer;
  }
  const mean = sum / total;
  const squares = rows.reduce((all, { weight, longer }) => all + weight * (longer - mean) ** 2, 0);
  return total > 1 ? Math.sqrt(squares / (total - 1)) : 0;
}

/** Newton's method for two coefficients; the first row of the inverse information comes with them. */
function fitLine(rows: readonly BaselineRow[], z: readonly number[]) {
  let [theta, phi] = [0, 0];
  for (let step = 0; step < 100; step++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (const [k, { points, weight }] of rows.entries()) {
      const p = logistic(theta + phi * z[k]!);
      const [residual, w] = [weight * (points - p), weight * p * (1 - p)];
      g0 += residual;
      g1 += residual * z[k]!;
      h00 += w;
      h01 += w * z[k]!;
      h11 += w * z[k]! ** 2;
    }
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 1e-12 * h00 * h11)) return null;
    const move = [
      (h11 * g0 - h01 * g1) / determinant,
      (h00 * g1 - h01 * g0) / determinant,
    ] as const;
    const largest = Math.max(Math.abs(move[0]), Math.abs(move[1]));
    const damping = Math.min(1, 3 / largest);
    theta += damping * move[0];
    phi += damping * move[1];
    if (Math.abs(theta) > 30 || Math.abs(phi) > 60) return null;
    if (largest < 1e-11) {
      return { theta, phi, inverse: [h11 / determinant, -h01 / determinant] as const };
    }
  }
  return null;
}
