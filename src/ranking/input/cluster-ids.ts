import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { ComparisonTable, GroupColumn } from '../table/comparison-table.ts';
import { PairIndex } from './pair-index.ts';

/**
 * Which comparisons belong together: `comparison` (each alone), `pair` (one prompt and one pair of
 * items), a group column such as `prompt` or `judge`, or two of them joined by a comma (two-way). With
 * `,comparison` behind the two, the error by comparison is taken away from their sum instead of that by
 * intersection: what R's `sandwich::vcovCL` calls `multi0 = TRUE`.
 */
export type ClusterUnit = string;

/** One way of putting rows into clusters. */
export interface Clusters {
  readonly name: string;
  readonly count: number;
  /** Cluster of each row; null when each row is its own. */
  readonly ids: Uint32Array | null;
}

/**
 * Returns the clusters of a unit: one list, or two for a two-way unit.
 *
 * @throws TuttiError `bad_usage` when the comparisons have no such column.
 */
export function clustersOf(table: ComparisonTable, unit: ClusterUnit): Clusters[] {
  const names = unit.split(',').map((name) => name.trim());
  if (subtractsComparisons(unit)) names.pop();
  if (names.length > 2) {
    throw new TuttiError('bad_usage', `"${unit}" names ${names.length} units; two are the most.`);
  }
  return names.map((name) => oneWay(table, name));
}

/** Tells whether a two-way unit takes away the error by comparison instead of that by intersection. */
export function subtractsComparisons(unit: ClusterUnit): boolean {
  const names = unit.split(',').map((name) => name.trim());
  return names.length === 3 && names[2] === 'comparison';
}

/** Rows that are in the same cluster both ways. */
export function intersectionOf(one: Clusters, other: Clusters): Clusters {
  const name = `${one.name} and ${other.name}`;
  if (one.ids === null || other.ids === null) {
    return { name, count: (one.ids === null ? one : other).count, ids: null };
  }
  const keys = Float64Array.from(one.ids, (id, row) => id * other.count + other.ids![row]!);
  return { name, ...compact(keys, keys.length) };
}

/**
 * How many clusters of equal size are worth as much: (Σ n)² / Σ n², n the weight in a cluster. A few large
 * clusters among many small ones are what decides how well an error is known (Carter, Schnepel and
 * Steigerwald 2017), so that Student's t has this many degrees of freedom, less one.
 */
export function effectiveCount(clusters: Clusters, { weight, rows }: ComparisonTable): number {
  if (clusters.ids === null && weight === null) return rows;
  const sums = new Float64Array(clusters.count);
  for (let row = 0; row < rows; row++) {
    sums[clusters.ids === null ? row : clusters.ids[row]!]! += weight === null ? 1 : weight[row]!;
  }
  let sum = 0;
  let squares = 0;
  for (const one of sums) {
    sum += one;
    squares += one * one;
  }
  return (sum * sum) / squares;
}

function oneWay(table: ComparisonTable, name: string): Clusters {
  if (name === 'comparison') return { name, count: table.rows, ids: null };
  if (name === 'pair') return { name, ...compact(pairOfRow(table), table.rows) };
  const column = table.groups[name];
  if (column !== undefined) return { name, ...usedGroups(column, table.rows) };
  const known = ['comparison', 'pair', ...Object.keys(table.groups)];
  const nearest = nearestName(name, known);
  throw new TuttiError('bad_usage', `The comparisons have no column "${name}" to cluster by.`, {
    hint: nearest === undefined ? `Use one of: ${known.join(', ')}.` : `Did you mean ${nearest}?`,
  });
}

function pairOfRow(table: ComparisonTable): Float64Array {
  const index = new PairIndex(table.items.length);
  const prompts = table.groups.prompt;
  const keys = new Float64Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    const [left, right] = [table.left[row]!, table.right[row]!];
    const pair = index.idOf(Math.min(left, right), Math.max(left, right));
    keys[row] = prompts === undefined ? pair : pair * prompts.count + prompts.ids[row]!;
  }
  return keys;
}

/** The groups of a column that have rows, renumbered; the column itself when all have. */
function usedGroups(column: GroupColumn, rows: number): { ids: Uint32Array; count: number } {
  const numbers = new Int32Array(column.count).fill(-1);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (numbers[column.ids[row]!] === -1) numbers[column.ids[row]!] = count++;
  }
  const given = column.ids.subarray(0, rows);
  if (count === column.count) return { ids: given, count };
  return { ids: given.map((id) => numbers[id]!), count };
}

/** Renumbers groups from 0 without gaps. */
function compact(keys: ArrayLike<number>, rows: number): { ids: Uint32Array; count: number } {
  const numbers = new Map<number, number>();
  const ids = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const key = keys[row]!;
    let id = numbers.get(key);
    if (id === undefined) {
      id = numbers.size;
      numbers.set(key, id);
    }
    ids[row] = id;
  }
  return { ids, count: numbers.size };
}

/** Rows in the order of their clusters: rows of cluster g are `order[start[g] .. start[g + 1])`. */
export function rowsByCluster(
  ids: Uint32Array,
  count: number,
): { readonly start: Uint32Array; readonly order: Uint32Array } {
  const start = new Uint32Array(count + 1);
  for (const id of ids) start[id + 1]!++;
  for (let cluster = 0; cluster < count; cluster++) start[cluster + 1]! += start[cluster]!;
  const next = start.slice();
  const order = new Uint32Array(ids.length);
  for (let row = 0; row < ids.length; row++) order[next[ids[row]!]!++] = row;
  return { start, order };
}
