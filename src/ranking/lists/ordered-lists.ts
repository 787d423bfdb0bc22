import { TuttiError } from '../../core/tutti-error.ts';
import { clustersOf, rowsByCluster } from '../input/cluster-ids.ts';
import { type ComparisonTable, VERDICT_CODES } from '../table/comparison-table.ts';

/** One ordered list: items in groups that are tied, best group first. */
export interface OrderedList {
  readonly groups: readonly Uint32Array[];
  readonly weight: number;
  /** A row of the table that came from it. */
  readonly row: number;
}

/** All lists of a table; plain data that can be posted to a worker. */
export interface OrderedLists {
  readonly items: number;
  readonly lists: readonly OrderedList[];
  /** Sizes of tied groups that occur where there was a choice, 2 and more, ascending. */
  readonly tieSizes: readonly number[];
}

/**
 * Puts lists together again from the pairs they were taken apart into.
 *
 * @throws TuttiError `bad_usage` without a column `ranking`, `bad_input` when the pairs that share one are
 * not those of one ordered list.
 */
export function orderedLists(table: ComparisonTable): OrderedLists {
  if (table.groups.ranking === undefined) {
    throw new TuttiError('bad_usage', 'The method plackett-luce needs ordered lists.', {
      hint: 'Give lists, best first, one a line: ["best", ["tied", "tied"], "worst"]; for pairs use davidson.',
    });
  }
  const { ids, count } = clustersOf(table, 'ranking')[0]!;
  const { start, order } = rowsByCluster(ids!, count);
  const lists = Array.from({ length: count }, (_, list) =>
    listOf(table, order.subarray(start[list]!, start[list + 1]!)),
  );
  const sizes = new Set<number>();
  for (const { groups } of lists) for (const { length } of groups) sizes.add(length);
  sizes.delete(1);
  return { items: table.items.length, lists, tieSizes: [...sizes].sort((a, b) => a - b) };
}

function listOf(table: ComparisonTable, rows: Uint32Array): OrderedList {
  const better = new Map<number, number>();
  const beaten = (item: number, by: number) => better.set(item, (better.get(item) ?? 0) + by);
  const weight = table.weight?.[rows[0]!] ?? 1;
  for (const row of rows) {
    const code = table.verdict[row]!;
    beaten(table.left[row]!, code === VERDICT_CODES.right ? 1 : 0);
    beaten(table.right[row]!, code === VERDICT_CODES.left ? 1 : 0);
    if ((table.weight?.[row] ?? 1) !== weight) throw notAList(table, rows[0]!);
  }
  const items = [...better.keys()].sort((a, b) => better.get(a)! - better.get(b)!);
  const ordered = rows.every((row) => {
    const difference = better.get(table.left[row]!)! - better.get(table.right[row]!)!;
    const code = table.verdict[row]!;
    if (difference === 0) return code === VERDICT_CODES.tie;
    return code === (difference < 0 ? VERDICT_CODES.left : VERDICT_CODES.right);
  });
  if (!ordered || rows.length !== (items.length * (items.length - 1)) / 2) {
    throw notAList(table, rows[0]!);
  }
  const groups: number[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last !== undefined && better.get(last[0]!) === better.get(item)) last.push(item);
    else groups.push([item]);
  }
  return { groups: groups.map((group) => Uint32Array.from(group)), weight, row: rows[0]! };
}

function notAList({ groups }: ComparisonTable, row: number): TuttiError {
  const { ids, names } = groups.ranking!;
  const name = names?.[ids[row]!] ?? String(ids[row]);
  return new TuttiError('bad_input', `The pairs of ranking "${name}" are not those of one list.`, {
    hint: 'Each pair of its items has to be there once, with one weight and in one order.',
  });
}
