import { type Games, LOST, TIED, WON } from '../input/games.ts';

/**
 * The group of each item: items are in one group when a chain of comparisons joins them, whoever won. No
 * vote speaks of the order between groups; what a prior makes of it is no evidence.
 *
 * @returns undefined when all items are in one group.
 */
export function groupsThatMet(games: Games): Int32Array | undefined {
  const parent = Int32Array.from({ length: games.items }, (_, item) => item);
  const root = (item: number): number => {
    let at = item;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  let groups = games.items;
  for (let game = 0; game < games.count; game++) {
    const cell = 3 * game;
    const met =
      games.weight[cell + WON]! + games.weight[cell + LOST]! + games.weight[cell + TIED]! > 0;
    const [one, other] = [root(games.first[game]!), root(games.second[game]!)];
    if (!met || one === other) continue;
    parent[Math.max(one, other)] = Math.min(one, other);
    groups--;
  }
  return groups > 1 ? parent.map((_, item) => root(item)) : undefined;
}
