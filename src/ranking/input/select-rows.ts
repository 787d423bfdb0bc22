import {
  type ComparisonTable,
  type GroupColumn,
  VERDICT_CODES,
} from '../table/comparison-table.ts';

/** What becomes of a comparison whose verdict is that both are bad. */
export type BothBad = 'tie' | 'loss' | 'drop';

/** Which rows a ranking uses. */
export interface RowSelection {
  readonly bothBad: BothBad;
  /** Items with fewer comparisons leave, with their comparisons; again until all have enough. */
  readonly minComparisons: number;
  /** Tells whether a row is used at all; default all. */
  readonly keep?: ((row: number) => boolean) | undefined;
}

/** The rows that are left and what was left out. */
export interface SelectedRows {
  /** Only items that still have comparisons; `both_bad` only where it is a loss for both. */
  readonly table: ComparisonTable;
  readonly droppedBothBad: number;
  /** Items that had too few comparisons. */
  readonly droppedItems: readonly string[];
}

/** Leaves out what a ranking shall not use; returns the same columns when nothing has to go. */
export function selectRows(table: ComparisonTable, selection: RowSelection): SelectedRows {
  const bothBadChanges =
    selection.bothBad === 'tie' &&
    table.verdict.subarray(0, table.rows).includes(VERDICT_CODES.both_bad);
  const { kept, droppedBothBad } = mayDropRows(table, selection)
    ? markRows(table, selection)
    : { kept: null, droppedBothBad: 0 };
  const seen = countItems(table, kept);
  const droppedItems =
    kept === null ? [] : dropRareItems(table, kept, seen, selection.minComparisons);
  if (kept?.includes(0) || seen.includes(0)) {
    const rows = kept ?? new Uint8Array(table.rows).fill(1);
    const copy = copyRows(table, rows, seen, bothBadChanges);
    return { table: copy, droppedBothBad, droppedItems };
  }
  const same = bothBadChanges ? { ...table, verdict: table.verdict.map(bothBadAsTie) } : table;
  return { table: same, droppedBothBad, droppedItems };
}

function mayDropRows(table: ComparisonTable, selection: RowSelection): boolean {
  const { bothBad, keep, minComparisons } = selection;
  return table.weight !== null || keep !== undefined || bothBad === 'drop' || minComparisons > 1;
}

function markRows(table: ComparisonTable, selection: RowSelection) {
  const kept = new Uint8Array(table.rows).fill(1);
  let droppedBothBad = 0;
  for (let row = 0; row < table.rows; row++) {
    if (table.weight?.[row] === 0 || selection.keep?.(row) === false) {
      kept[row] = 0;
    } else if (selection.bothBad === 'drop' && table.verdict[row] === VERDICT_CODES.both_bad) {
      kept[row] = 0;
      droppedBothBad++;
    }
  }
  return { kept, droppedBothBad };
}

function bothBadAsTie(code: number): number {
  return code === VERDICT_CODES.both_bad ? VERDICT_CODES.tie : code;
}

function countItems(table: ComparisonTable, kept: Uint8Array | null): Uint32Array {
  const seen = new Uint32Array(table.items.length);
  for (let row = 0; row < table.rows; row++) {
    if (kept !== null && kept[row] === 0) continue;
    seen[table.left[row]!]!++;
    seen[table.right[row]!]!++;
  }
  return seen;
}

function dropRareItems(
  table: ComparisonTable,
  kept: Uint8Array,
  seen: Uint32Array,
  least: number,
): string[] {
  const dropped = new Set<number>();
  for (;;) {
    const before = dropped.size;
    seen.forEach((count, item) => {
      if (count > 0 && count < least) dropped.add(item);
    });
    if (dropped.size === before) break;
    for (let row = 0; row < table.rows; row++) {
      if (kept[row] === 0) continue;
      if (!dropped.has(table.left[row]!) && !dropped.has(table.right[row]!)) continue;
      kept[row] = 0;
      seen[table.left[row]!]!--;
      seen[table.right[row]!]!--;
    }
  }
  return [...dropped].map((item) => table.items[item]!);
}

function copyRows(
  table: ComparisonTable,
  kept: Uint8Array,
  seen: Uint32Array,
  bothBadIsTie: boolean,
): ComparisonTable {
  const rows = kept.reduce((sum, one) => sum + one, 0);
  const position = new Int32Array(seen.length).fill(-1);
  const items: string[] = [];
  seen.forEach((count, item) => {
    if (count > 0) position[item] = items.push(table.items[item]!) - 1;
  });
  const pick = <Column extends Uint8Array | Uint32Array | Float64Array>(
    source: ArrayLike<number>,
    target: Column,
    change: (value: number) => number = (value) => value,
  ): Column => {
    let next = 0;
    for (let row = 0; row < table.rows; row++) {
      if (kept[row] === 1) target[next++] = change(source[row]!);
    }
    return target;
  };
  const groups: Record<string, GroupColumn> = {};
  for (const [name, group] of Object.entries(table.groups)) {
    groups[name] = { ...group, ids: pick(group.ids, new Uint32Array(rows)) };
  }
  const features: Record<string, Float64Array> = {};
  for (const [name, values] of Object.entries(table.features)) {
    features[name] = pick(values, new Float64Array(rows));
  }
  return {
    items,
    rows,
    left: pick(table.left, new Uint32Array(rows), (item) => position[item]!),
    right: pick(table.right, new Uint32Array(rows), (item) => position[item]!),
    verdict: pick(
      table.verdict,
      new Uint8Array(rows),
      bothBadIsTie ? bothBadAsTie : (code) => code,
    ),
    weight: table.weight === null ? null : pick(table.weight, new Float64Array(rows)),
    groups,
    features,
  };
}
