import type { Random } from '../../core/clock.ts';
import { shuffled } from '../../core/shuffle.ts';
import { ItemGroups } from './item-groups.ts';
import { Meetings } from './meetings.ts';
import type { PairHistory } from './pair-history.ts';
import type { PairSpace, UnsidedPair } from './pair-space.ts';

/**
 * Chooses `count` pairs so that every item is shown about as often and the graph of items hangs
 * together as soon as it can: the item shown least, under the prompt used least, against the item
 * shown least, if possible not met there before and of another component. Ties fall by the seed.
 */
export function balancedPairs(
  space: PairSpace,
  history: PairHistory,
  count: number,
  random: Random,
): UnsidedPair[] {
  const exposure = history.exposure.slice();
  const promptUse = history.promptUse.slice();
  const groups = groupsOf(space, history);
  const order = shuffled(space.items.length, random);
  const meetings = new Meetings(space, history);
  const candidates = order.filter((item) => meetings.promptsOf(item).length > 0);
  const members = space.prompts.map((prompt) => new Set(prompt.members));
  const pairs: UnsidedPair[] = [];
  for (let k = 0; k < count && candidates.length > 0; k++) {
    const a = leastOf(candidates, (item) => [meetings.isSpent(item) ? 1 : 0, exposure[item]!]);
    const prompt = leastOf(meetings.promptsOf(a), (place) => [
      meetings.isSpent(a, place) ? 1 : 0,
      promptUse[place]!,
    ]);
    const others = order.filter((item) => item !== a && members[prompt]!.has(item));
    const b = leastOf(others, (item) => [
      meetings.count(prompt, a, item),
      exposure[item]!,
      groups.groupOf(item) === groups.groupOf(a) ? 1 : 0,
    ]);
    pairs.push({ prompt, a, b });
    meetings.add(prompt, a, b);
    exposure[a]! += 1;
    exposure[b]! += 1;
    promptUse[prompt]! += 1;
    groups.join(a, b);
  }
  return pairs;
}

/** Components of the graph of what was compared already. */
export function groupsOf(space: PairSpace, history: PairHistory): ItemGroups {
  const groups = new ItemGroups(space.items.length);
  const size = space.items.length;
  for (const key of history.met) groups.join(Math.floor(key / size), key % size);
  return groups;
}

/** The first candidate whose costs, compared one after the other, are the lowest. */
function leastOf(
  candidates: readonly number[] | Uint32Array,
  costsOf: (candidate: number) => number[],
): number {
  let best = candidates[0]!;
  let lowest = costsOf(best);
  for (const candidate of candidates.slice(1)) {
    const costs = costsOf(candidate);
    const differs = costs.findIndex((cost, k) => cost !== lowest[k]);
    if (differs < 0 || costs[differs]! > lowest[differs]!) continue;
    best = candidate;
    lowest = costs;
  }
  return best;
}
