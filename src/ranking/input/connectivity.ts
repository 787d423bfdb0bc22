import { type Games, LOST, TIED, WON } from './games.ts';

/** Which items can be compared with which. */
export interface Connectivity {
  /**
   * Strongly connected components: inside one, each item is reached from each other along "did not lose
   * every time". Strengths are finite and comparable only inside one. Best component first where
   * results say so.
   */
  readonly components: readonly (readonly number[])[];
  readonly neverWon: readonly number[];
  readonly neverLost: readonly number[];
}

/**
 * Finds the components of the graph with an arc from i to j where i beat j, and both ways for a tie
 * (Ford 1957: the maximum of the likelihood is finite exactly when there is one component). Tarjan's
 * algorithm without recursion, O(items + pairs).
 *
 * @param tiesCount false when ties have no weight for the method.
 */
export function connectivity(games: Games, tiesCount = true): Connectivity {
  const { start, target } = arcs(games, tiesCount);
  const beaten = new Uint8Array(games.items);
  for (const item of target) beaten[item] = 1;
  const neverWon: number[] = [];
  const neverLost: number[] = [];
  for (let item = 0; item < games.items; item++) {
    if (start[item] === start[item + 1]) neverWon.push(item);
    if (beaten[item] === 0) neverLost.push(item);
  }
  return { components: components(games.items, start, target).reverse(), neverWon, neverLost };
}

function arcs(games: Games, tiesCount: boolean): { start: Uint32Array; target: Uint32Array } {
  const start = new Uint32Array(games.items + 1);
  const forEachArc = (visit: (winner: number, loser: number) => void) => {
    for (let game = 0; game < games.count; game++) {
      const tied = tiesCount && games.weight[3 * game + TIED]! > 0;
      if (tied || games.weight[3 * game + WON]! > 0) visit(games.first[game]!, games.second[game]!);
      if (tied || games.weight[3 * game + LOST]! > 0)
        visit(games.second[game]!, games.first[game]!);
    }
  };
  forEachArc((winner) => start[winner + 1]!++);
  for (let item = 0; item < games.items; item++) start[item + 1]! += start[item]!;
  const next = start.slice();
  const target = new Uint32Array(start[games.items]!);
  forEachArc((winner, loser) => {
    target[next[winner]!++] = loser;
  });
  return { start, target };
}

/** Tarjan: components come out last first, that is, beaten ones before those that beat them. */
function components(items: number, start: Uint32Array, target: Uint32Array): number[][] {
  const order = new Int32Array(items).fill(-1);
  const lowest = new Int32Array(items);
  const onStack = new Uint8Array(items);
  const next = start.slice(0, items);
  const stack: number[] = [];
  const path: number[] = [];
  const found: number[][] = [];
  let visited = 0;
  const enter = (item: number) => {
    order[item] = lowest[item] = visited++;
    onStack[item] = 1;
    stack.push(item);
    path.push(item);
  };
  const leave = (item: number) => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) lowest[parent] = Math.min(lowest[parent]!, lowest[item]!);
    if (lowest[item] !== order[item]) return;
    const component = stack.splice(stack.lastIndexOf(item));
    for (const member of component) onStack[member] = 0;
    found.push(component.sort((a, b) => a - b));
  };
  for (let root = 0; root < items; root++) {
    if (order[root] !== -1) continue;
    enter(root);
    while (path.length > 0) {
      const item = path.at(-1)!;
      if (next[item] === start[item + 1]) {
        leave(item);
        continue;
      }
      const other = target[next[item]!++]!;
      if (order[other] === -1) enter(other);
      else if (onStack[other] === 1) lowest[item] = Math.min(lowest[item]!, order[other]!);
    }
  }
  return found;
}
