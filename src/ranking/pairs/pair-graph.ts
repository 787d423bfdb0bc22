import { groupsOf } from './balanced-pairs.ts';
import { ItemGroups } from './item-groups.ts';
import type { PairHistory } from './pair-history.ts';
import type { PairSpace, UnsidedPair } from './pair-space.ts';

/** How often an item is shown. */
export interface ItemExposure {
  readonly item: string;
  /** Pairs of the plan with this item, and those with it on the left. */
  readonly pairs: number;
  readonly left: number;
  /** Comparisons of it that were there before. */
  readonly before: number;
}

/** How a plan treats the items. */
export interface PairGraph {
  readonly exposure: readonly ItemExposure[];
  /** Items that hang together through the plan and what was compared before; one is what it should be. */
  readonly components: readonly (readonly string[])[];
  /** Prompts under which the items that answered do not hang together by the plan alone. */
  readonly unconnectedPrompts: readonly (string | null)[];
}

/** Counts the exposure of each item and finds the components. `a` of a pair is shown on the left. */
export function pairGraph(
  space: PairSpace,
  pairs: readonly UnsidedPair[],
  history: PairHistory,
): PairGraph {
  const shown = new Uint32Array(space.items.length);
  const left = new Uint32Array(space.items.length);
  const groups = groupsOf(space, history);
  for (const { a, b } of pairs) {
    shown[a]! += 1;
    shown[b]! += 1;
    left[a]! += 1;
    groups.join(a, b);
  }
  const exposure = space.items.map((item, place) => ({
    item,
    pairs: shown[place]!,
    left: left[place]!,
    before: history.exposure[place]!,
  }));
  const components = groups.members().map((members) => members.map((item) => space.items[item]!));
  return { exposure, components, unconnectedPrompts: unconnectedPrompts(space, pairs) };
}

function unconnectedPrompts(space: PairSpace, pairs: readonly UnsidedPair[]): (string | null)[] {
  const byPrompt = Map.groupBy(pairs, (pair) => pair.prompt);
  return space.prompts
    .filter(({ members }, place) => {
      const groups = new ItemGroups(space.items.length);
      for (const { a, b } of byPrompt.get(place) ?? []) groups.join(a, b);
      return groups.count > space.items.length - members.length + 1;
    })
    .map(({ prompt }) => prompt);
}
