import { type ComparisonTable, VERDICT_CODES } from '../table/comparison-table.ts';

/** Codes of a verdict in the direction of a unit's first row; their order is left < tie < right. */
export const UNIT_VERDICTS = { first: 0, tie: 1, second: 2 } as const;

/** The unit of each comparison, and what its verdict says there. */
export interface VerdictUnits {
  /** A unit is one prompt and one unordered pair of items; numbered by first appearance. */
  readonly unit: Uint32Array;
  readonly unitCount: number;
  /** Code of `UNIT_VERDICTS`: which item won, whichever side it was shown on. */
  readonly code: Uint8Array;
  /** 1 where the row shows the pair in the order of the unit's first row, else 0. */
  readonly sameSide: Uint8Array;
}

/**
 * Names the unit of each row. Both bad counts as a tie: neither answer won. A column `answers` stands
 * in for the prompt where one prompt was answered several times; without either the unit is the pair.
 */
export function verdictUnits(table: ComparisonTable): VerdictUnits {
  const { rows, left, right, verdict, items } = table;
  const prompt = (table.groups.answers ?? table.groups.prompt)?.ids;
  const numbers = new Map<number, number>();
  const unit = new Uint32Array(rows);
  const code = new Uint8Array(rows);
  const sameSide = new Uint8Array(rows);
  const firstLeft: number[] = [];
  for (let row = 0; row < rows; row++) {
    const [a, b] = [left[row]!, right[row]!];
    const pair = Math.min(a, b) * items.length + Math.max(a, b);
    const key = (prompt?.[row] ?? 0) * items.length * items.length + pair;
    let number = numbers.get(key);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(key, number);
      firstLeft.push(a);
    }
    unit[row] = number;
    const same = firstLeft[number] === a;
    sameSide[row] = same ? 1 : 0;
    code[row] = directed(verdict[row]!, same);
  }
  return { unit, unitCount: firstLeft.length, code, sameSide };
}

function directed(verdict: number, same: boolean): number {
  if (verdict === VERDICT_CODES.left) return same ? UNIT_VERDICTS.first : UNIT_VERDICTS.second;
  if (verdict === VERDICT_CODES.right) return same ? UNIT_VERDICTS.second : UNIT_VERDICTS.first;
  return UNIT_VERDICTS.tie;
}
