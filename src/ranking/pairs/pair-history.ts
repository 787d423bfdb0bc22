import type { ComparisonTable } from '../table/comparison-table.ts';
import type { PairSpace } from './pair-space.ts';

/** How often everything has been compared already, in the numbers of a pair space. */
export interface PairHistory {
  /** Comparisons of each item, and how many of them showed it on the left minus on the right. */
  readonly exposure: Float64Array;
  readonly leftSurplus: Float64Array;
  readonly promptUse: Float64Array;
  /** Comparisons by `pairKey`. */
  readonly pairUse: Map<number, number>;
  /** Which items met under whatever prompt: `a * items + b`. */
  readonly met: Set<number>;
}

/** A number for an unordered pair under a prompt. */
export function pairKey(space: PairSpace, prompt: number, a: number, b: number): number {
  const size = space.items.length;
  return (prompt * size + Math.min(a, b)) * size + Math.max(a, b);
}

/** Counts what comparisons say about the items and prompts of a pair space; others are ignored. */
export function pairHistory(space: PairSpace, table: ComparisonTable | null): PairHistory {
  const history: PairHistory = {
    exposure: new Float64Array(space.items.length),
    leftSurplus: new Float64Array(space.items.length),
    promptUse: new Float64Array(space.prompts.length),
    pairUse: new Map(),
    met: new Set(),
  };
  if (!table) return history;
  const places = new Map(space.items.map((item, place) => [item, place]));
  const itemOf = table.items.map((item) => places.get(item));
  // Readers of comparisons take white space around a prompt for none.
  const prompts = new Map(space.prompts.map(({ prompt }, place) => [(prompt ?? '').trim(), place]));
  const names = table.groups.prompt?.names;
  for (let row = 0; row < table.rows; row++) {
    const [a, b] = [itemOf[table.left[row]!], itemOf[table.right[row]!]];
    if (a === undefined || b === undefined) continue;
    const prompt = prompts.get((names?.[table.groups.prompt!.ids[row]!] ?? '').trim());
    note(space, history, a, b, prompt);
  }
  return history;
}

/** Adds one comparison, shown with `left` on the left; without a prompt only the items count. */
function note(
  space: PairSpace,
  history: PairHistory,
  left: number,
  right: number,
  prompt: number | undefined,
): void {
  history.exposure[left]! += 1;
  history.exposure[right]! += 1;
  history.leftSurplus[left]! += 1;
  history.leftSurplus[right]! -= 1;
  history.met.add(left * space.items.length + right);
  if (prompt === undefined) return;
  history.promptUse[prompt]! += 1;
  const key = pairKey(space, prompt, left, right);
  history.pairUse.set(key, (history.pairUse.get(key) ?? 0) + 1);
}
