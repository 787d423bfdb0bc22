import { type ComparisonTable, VERDICT_CODES } from '../../core/comparison-table.ts';
import { type BothOrders, bothOrders } from './both-orders.ts';
import { type TermTest, type TermTests, termTests } from './term-test.ts';
import type { VerdictUnits } from './verdict-units.ts';
import { type ShareInterval, wilsonInterval } from './wilson.ts';

/** Whether a judge prefers a side. */
export interface PositionBias {
  readonly left: number;
  readonly right: number;
  /** Ties, both-bad verdicts included. */
  readonly ties: number;
  /** Share of left among all verdicts, and among the decisive ones, with Wilson's interval. */
  readonly leftOfAll: ShareInterval;
  readonly leftOfDecisive: ShareInterval;
  /** The side as a term beside the strengths of the items; null where it cannot be estimated. */
  readonly side: TermTest | null;
  readonly bothOrders: BothOrders;
}

/** Position bias over all verdicts, and of each judge in the order of the judge column. */
export interface PositionBiases {
  readonly all: PositionBias;
  readonly judges: readonly PositionBias[];
}

/** Measures how often the side shown first wins, in every way the data allow. */
export function positionBias(
  table: ComparisonTable,
  units: VerdictUnits,
  level: number,
): PositionBiases {
  const judgeCount = table.groups.judge?.count ?? 1;
  const ids = table.groups.judge?.ids.subarray(0, table.rows) ?? new Uint32Array(table.rows);
  const counts = Array.from({ length: judgeCount }, () => [0, 0, 0]);
  for (let row = 0; row < table.rows; row++) {
    counts[ids[row]!]![Math.min(table.verdict[row]!, VERDICT_CODES.tie)]! += 1;
  }
  const tests = termTests(table, new Float64Array(table.rows).fill(1));
  const orders = bothOrders(units, ids, judgeCount);
  const judges = counts.map((own, id) => biasOf(own, testOf(tests, id), orders.judges[id]!, level));
  const totals = [0, 1, 2].map((side) => counts.reduce((sum, own) => sum + own[side]!, 0));
  return { all: biasOf(totals, tests?.all ?? null, orders.all, level), judges };
}

function testOf(tests: TermTests | null, id: number): TermTest | null {
  return tests?.judges[id] ?? null;
}

function biasOf(
  counts: readonly number[],
  side: TermTest | null,
  orders: BothOrders,
  level: number,
): PositionBias {
  const [left, right, ties] = counts as [number, number, number];
  return {
    left,
    right,
    ties,
    leftOfAll: wilsonInterval(left, left + right + ties, level),
    leftOfDecisive: wilsonInterval(left, left + right, level),
    side,
    bothOrders: orders,
  };
}
