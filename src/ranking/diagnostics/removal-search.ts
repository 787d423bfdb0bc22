import type { Removable, Removal } from './removable-votes.ts';

/** What a search through all sets of verdicts found. */
export interface RemovalSearch {
  /** The smallest set that works; null when none smaller than asked for does, or the search ended. */
  readonly removals: readonly Removal[] | null;
  /** No set with fewer verdicts works. */
  readonly atLeast: number;
}

/**
 * Tries all sets of 1, 2, … verdicts, verdicts of one kind being the same, until one works, the size is
 * `below`, or all sets of the next size are more than may still be tried.
 */
export function searchRemovals(
  kinds: readonly Removable[],
  below: number,
  budget: number,
  works: (removals: readonly Removal[]) => boolean,
): RemovalSearch {
  let left = budget;
  for (let size = 1; size < below; size++) {
    const sets = countSets(kinds, size);
    if (sets === 0) return { removals: null, atLeast: below };
    if (sets > left) return { removals: null, atLeast: size };
    left -= sets;
    const found = trySets(kinds, 0, size, [], works);
    if (found !== null) return { removals: found, atLeast: size };
  }
  return { removals: null, atLeast: below };
}

/** Number of different sets of a size. */
function countSets(kinds: readonly Removable[], size: number): number {
  const ways = new Float64Array(size + 1);
  ways[0] = 1;
  for (const { count } of kinds) {
    for (let total = size; total > 0; total--) {
      for (let taken = 1; taken <= Math.min(count, total); taken++) {
        ways[total]! += ways[total - taken]!;
      }
    }
  }
  return ways[size]!;
}

function trySets(
  kinds: readonly Removable[],
  from: number,
  size: number,
  taken: readonly Removal[],
  works: (removals: readonly Removal[]) => boolean,
): readonly Removal[] | null {
  if (size === 0) return works(taken) ? taken : null;
  for (let at = from; at < kinds.length; at++) {
    const kind = kinds[at]!;
    for (let count = Math.min(kind.count, size); count > 0; count--) {
      const found = trySets(kinds, at + 1, size - count, [...taken, { kind, count }], works);
      if (found !== null) return found;
    }
  }
  return null;
}
