import { rowsByCluster } from '../input/cluster-ids.ts';
import { type ComparisonTable, VERDICT_CODES } from '../table/comparison-table.ts';
import { type BothOrders, bothOrders } from './both-orders.ts';
import { clusteredShare } from './clustered-share.ts';
import { knownJudges } from './ratings-from-verdicts.ts';
import { type TermTest, termTests } from './term-test.ts';
import type { UnitBlocks } from './unit-blocks.ts';
import type { VerdictUnits } from './verdict-units.ts';
import type { ShareInterval } from './wilson.ts';

/** Whether a judge prefers a side. */
export interface PositionBias {
  readonly left: number;
  readonly right: number;
  /** Ties, both-bad verdicts included. */
  readonly ties: number;
  /** Share of left among all verdicts, and among the decisive ones; intervals by prompt where known. */
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
  blocks: UnitBlocks,
  level: number,
): PositionBiases {
  const known = knownJudges(table);
  const judge = table.groups.judge?.ids.subarray(0, table.rows) ?? new Uint32Array(table.rows);
  const tests = termTests(table, new Float64Array(table.rows).fill(1));
  const orders = bothOrders(units, judge, known, blocks, level);
  const cluster = clusterOf(table);
  const { start, order } = rowsByCluster(judge, table.groups.judge?.count ?? 1);
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
  const judges = Array.from({ length: known }, (_, id) => {
    const own = order.subarray(start[id]!, start[id + 1]!);
    return biasOf(table, own, cluster, tests?.judges[id] ?? null, orders.judges[id]!, level);
  });
  return { all: biasOf(table, rows, cluster, tests?.all ?? null, orders.all, level), judges };
}

/** What of the rows is independent: the prompt where there is one, else each row. */
function clusterOf(table: ComparisonTable): (row: number) => number {
  const prompt = table.groups.prompt?.ids;
  return prompt ? (row) => prompt[row]! : (row) => row;
}

function biasOf(
  table: ComparisonTable,
  rows: Uint32Array,
  cluster: (row: number) => number,
  side: TermTest | null,
  orders: BothOrders,
  level: number,
): PositionBias {
  const places = new Map<number, number>();
  const sides: [number[], number[], number[]] = [[], [], []];
  for (const row of rows) {
    let place = places.get(cluster(row));
    if (place === undefined) {
      place = places.size;
      places.set(cluster(row), place);
      for (const counts of sides) counts.push(0);
    }
    sides[Math.min(table.verdict[row]!, VERDICT_CODES.tie)]![place]! += 1;
  }
  const [left, right, ties] = sides.map((counts) => counts.reduce((sum, one) => sum + one, 0));
  const decisive = sides[0].map((count, k) => count + sides[1][k]!);
  const all = decisive.map((count, k) => count + sides[2][k]!);
  return {
    left: left!,
    right: right!,
    ties: ties!,
    leftOfAll: clusteredShare(sides[0], all, level),
    leftOfDecisive: clusteredShare(sides[0], decisive, level),
    side,
    bothOrders: orders,
  };
}
