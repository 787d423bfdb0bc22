import type { Distance } from '../../../src/ranking/agreement/distance.ts';

/**
 * Krippendorff's alpha by the textbook: the coincidence matrix, its margins, and two double sums.
 * Slow on purpose; tests hold the fast one against it.
 *
 * @param matrix judges x units, null where a rating is missing.
 */
export function naiveAlpha(
  matrix: readonly (readonly (number | null)[])[],
  distance: Distance,
): { alpha: number; observed: number; expected: number } {
  const unitCount = Math.max(...matrix.map((row) => row.length));
  const units = Array.from({ length: unitCount }, (_, unit) =>
    matrix.map((row) => row[unit] ?? null).filter((value) => value !== null),
  ).filter((unit) => unit.length >= 2);
  const values = [...new Set(units.flat())].sort((a, b) => a - b);
  const coincidences = values.map(() => values.map(() => 0));
  for (const unit of units) {
    for (let a = 0; a < unit.length; a++) {
      for (let b = 0; b < unit.length; b++) {
        if (a === b) continue;
        const [row, column] = [values.indexOf(unit[a]!), values.indexOf(unit[b]!)];
        coincidences[row]![column]! += 1 / (unit.length - 1);
      }
    }
  }
  const margins = coincidences.map((row) => row.reduce((sum, cell) => sum + cell, 0));
  const total = margins.reduce((sum, margin) => sum + margin, 0);
  let [observed, expected] = [0, 0];
  for (const [c, valueC] of values.entries()) {
    for (const [k, valueK] of values.entries()) {
      const delta = naiveDelta(distance, c, k, valueC, valueK, margins);
      observed += coincidences[c]![k]! * delta;
      if (total > 1) expected += ((margins[c]! * margins[k]!) / (total - 1)) * delta;
    }
  }
  const alpha = expected === 0 ? Number(observed === 0) : 1 - observed / expected;
  return { alpha, observed, expected };
}

function naiveDelta(
  distance: Distance,
  c: number,
  k: number,
  valueC: number,
  valueK: number,
  margins: readonly number[],
): number {
  if (c === k) return 0;
  if (distance === 'nominal') return 1;
  if (distance === 'interval') return (valueC - valueK) ** 2;
  if (distance === 'ratio') return ((valueC - valueK) / (valueC + valueK)) ** 2;
  const [from, to] = [Math.min(c, k), Math.max(c, k)];
  let sum = -(margins[from]! + margins[to]!) / 2;
  for (let g = from; g <= to; g++) sum += margins[g]!;
  return sum ** 2;
}
