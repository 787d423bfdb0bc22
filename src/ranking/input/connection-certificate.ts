import { connectivity } from './connectivity.ts';
import { type Games, LOST, TIED, WON } from './games.ts';

/**
 * Tells fast and many times whether reweighted games still connect all items: some 2 n arcs that reach
 * every item from the first and the first from every item are enough, and only when one of them has
 * lost its weight is the whole graph searched.
 */
export class ConnectionCertificate {
  readonly #games: Games;
  readonly #tiesCount: boolean;
  /** Cells `3 * game + WON` or `LOST` that carry the arcs. */
  readonly #cells: Uint32Array;

  constructor(games: Games, tiesCount: boolean) {
    this.#games = games;
    this.#tiesCount = tiesCount;
    this.#cells = Uint32Array.from([
      ...treeCells(games, tiesCount, WON),
      ...treeCells(games, tiesCount, LOST),
    ]);
  }

  /** @param weight by `3 * game + outcome`, of the games given at first. */
  holdsFor(weight: Float64Array): boolean {
    for (const cell of this.#cells) {
      const tied = this.#tiesCount && weight[cell - (cell % 3) + TIED]! > 0;
      if (!tied && !(weight[cell]! > 0)) return this.#search(weight);
    }
    return this.#cells.length >= 2 * (this.#games.items - 1) || this.#search(weight);
  }

  #search(weight: Float64Array): boolean {
    return connectivity({ ...this.#games, weight }, this.#tiesCount).components.length === 1;
  }
}

/** Cells of a tree from item 0 along wins (WON), or against them (LOST), heavy ones first. */
function treeCells(games: Games, tiesCount: boolean, direction: number): number[] {
  const support = (cell: number) =>
    games.weight[cell]! + (tiesCount ? games.weight[cell - (cell % 3) + TIED]! : 0);
  const cells = Array.from({ length: 2 * games.count }, (_, k) => 3 * (k >> 1) + (k % 2));
  const leaving: number[][] = Array.from({ length: games.items }, () => []);
  for (const cell of cells.filter((one) => support(one) > 0)) {
    const game = Math.floor(cell / 3);
    const fromFirst = cell % 3 === direction;
    leaving[fromFirst ? games.first[game]! : games.second[game]!]!.push(cell);
  }
  const reached = new Uint8Array(games.items);
  reached[0] = 1;
  const queue = [0];
  const tree: number[] = [];
  for (const item of queue) {
    for (const cell of leaving[item]!.sort((a, b) => support(b) - support(a))) {
      const game = Math.floor(cell / 3);
      const other = games.first[game] === item ? games.second[game]! : games.first[game]!;
      if (reached[other] === 1) continue;
      reached[other] = 1;
      queue.push(other);
      tree.push(cell);
    }
  }
  return tree;
}
