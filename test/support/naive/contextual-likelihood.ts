import type { Comparison } from '../../../src/ranking/table/comparison.ts';

/**
 * The log-likelihood of contextual Bradley-Terry, row by row as printed: logit = θ_left - θ_right +
 * Σ γ_k z_k / sd_k, a tie half a win for both.
 */
export function naiveContextualLikelihood(
  rows: readonly Comparison[],
  logStrengths: ReadonlyMap<string, number>,
  coefficients: Readonly<Record<string, number>>,
): number {
  const names = Object.keys(coefficients);
  const value = (row: Comparison, name: string) => row.features?.[name] ?? 0;
  const deviations = names.map((name) => {
    const mean = rows.reduce((sum, row) => sum + value(row, name), 0) / rows.length;
    return Math.sqrt(
      rows.reduce((sum, row) => sum + (value(row, name) - mean) ** 2, 0) / rows.length,
    );
  });
  return rows.reduce((sum, row) => {
    const d = names.reduce(
      (logit, name, k) => logit + (coefficients[name]! * value(row, name)) / deviations[k]!,
      logStrengths.get(row.left)! - logStrengths.get(row.right)!,
    );
    const won = 1 / (1 + Math.exp(-d));
    const score = row.verdict === 'left' ? 1 : row.verdict === 'right' ? 0 : 0.5;
    const logLikelihood = score * Math.log(won) + (1 - score) * Math.log(1 - won);
    return sum + (row.weight ?? 1) * logLikelihood;
  }, 0);
}
