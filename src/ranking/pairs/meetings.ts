import { type PairHistory, pairKey } from './pair-history.ts';
import type { PairSpace } from './pair-space.ts';

/** Who has met whom under which prompt, and who has met everybody. */
export class Meetings {
  readonly #space: PairSpace;
  readonly #uses: Map<number, number>;
  readonly #promptsOf: readonly number[][];
  /** Different opponents that each item still has to meet under each prompt. */
  readonly #left: Map<number, number>;
  readonly #leftInAll: Int32Array;

  constructor(space: PairSpace, history: PairHistory) {
    this.#space = space;
    this.#uses = new Map();
    this.#left = new Map();
    this.#leftInAll = new Int32Array(space.items.length);
    this.#promptsOf = space.items.map(() => []);
    for (const [prompt, { members }] of space.prompts.entries()) {
      if (members.length < 2) continue;
      for (const item of members) {
        this.#promptsOf[item]!.push(prompt);
        this.#left.set(this.#key(prompt, item), members.length - 1);
        this.#leftInAll[item]! += members.length - 1;
      }
    }
    const size = space.items.length;
    for (const [key, uses] of history.pairUse) {
      const [prompt, a, b] = [
        Math.floor(key / size / size),
        Math.floor(key / size) % size,
        key % size,
      ];
      this.add(prompt, a, b, uses);
    }
  }

  /** Prompts under which an item can be compared at all. */
  promptsOf(item: number): readonly number[] {
    return this.#promptsOf[item]!;
  }

  /** How often two items have met under a prompt. */
  count(prompt: number, a: number, b: number): number {
    return this.#uses.get(pairKey(this.#space, prompt, a, b)) ?? 0;
  }

  /** Tells whether an item has met everybody, under one prompt or under all of its own. */
  isSpent(item: number, prompt?: number): boolean {
    if (prompt === undefined) return this.#leftInAll[item]! <= 0;
    return (this.#left.get(this.#key(prompt, item)) ?? 0) <= 0;
  }

  add(prompt: number, a: number, b: number, times = 1): void {
    const before = this.count(prompt, a, b);
    this.#uses.set(pairKey(this.#space, prompt, a, b), before + times);
    if (before > 0) return;
    for (const item of [a, b]) {
      const key = this.#key(prompt, item);
      const left = this.#left.get(key);
      if (left === undefined) continue;
      this.#left.set(key, left - 1);
      this.#leftInAll[item]! -= 1;
    }
  }

  #key(prompt: number, item: number): number {
    return prompt * this.#space.items.length + item;
  }
}
