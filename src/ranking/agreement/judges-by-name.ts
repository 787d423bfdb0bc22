import type { ComparisonTable } from '../table/comparison-table.ts';

/** The table with its judges numbered in the order of their names, not of their first verdicts. */
export function judgesByName(table: ComparisonTable): ComparisonTable {
  const judge = table.groups.judge;
  if (!judge?.names) return table;
  const { names } = judge;
  const order = [...names.keys()].sort((a, b) => compareTexts(names[a]!, names[b]!));
  const numbers = new Uint32Array(names.length);
  for (const [number, id] of order.entries()) numbers[id] = number;
  const ids = judge.ids.subarray(0, table.rows).map((id) => numbers[id] ?? id);
  const sorted = { ...judge, ids, names: order.map((id) => names[id]!) };
  return { ...table, groups: { ...table.groups, judge: sorted } };
}

/** By code units, the same everywhere. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
