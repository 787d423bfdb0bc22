import { type ComparisonTable, VERDICT_CODES } from '../table/comparison-table.ts';

/** Comparisons as a model with strengths and one more term needs them. */
export interface TermRows {
  readonly count: number;
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
  /** 1 when the left item won, 0 when the right one did, 0.5 for a tie. */
  readonly outcome: Float64Array;
  /** How strongly the term speaks for the left item. */
  readonly z: Float64Array;
  readonly weight: Float64Array;
}

/** One row for each comparison; verdicts count 1 each, whatever their weight in a ranking. */
export function termRows(table: ComparisonTable, z: Float64Array): TermRows {
  const outcome = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row++) outcome[row] = outcomeOf(table.verdict[row]!);
  const weight = new Float64Array(table.rows).fill(1);
  return { count: table.rows, left: table.left, right: table.right, outcome, z, weight };
}

/** The same with equal rows added up: few rows to fit on, however long the table. */
export function addUpRows(rows: TermRows, items: number): TermRows {
  const places = new Map<string | number, number>();
  const [left, right, outcome, z, weight]: number[][] = [[], [], [], [], []];
  for (let row = 0; row < rows.count; row++) {
    const kind = (rows.left[row]! * items + rows.right[row]!) * 3 + 2 * rows.outcome[row]!;
    const key = rows.z[row] === 1 ? kind : `${kind} ${rows.z[row]}`;
    let place = places.get(key);
    if (place === undefined) {
      place = places.size;
      places.set(key, place);
      left!.push(rows.left[row]!);
      right!.push(rows.right[row]!);
      outcome!.push(rows.outcome[row]!);
      z!.push(rows.z[row]!);
      weight!.push(0);
    }
    weight![place]! += rows.weight[row]!;
  }
  return {
    count: places.size,
    left: left!,
    right: right!,
    outcome: Float64Array.from(outcome!),
    z: Float64Array.from(z!),
    weight: Float64Array.from(weight!),
  };
}

function outcomeOf(verdict: number): number {
  if (verdict === VERDICT_CODES.left) return 1;
  return verdict === VERDICT_CODES.right ? 0 : 0.5;
}
