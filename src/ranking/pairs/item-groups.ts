/** Items joined into groups, one merge after the other (union-find). */
export class ItemGroups {
  readonly #parent: Int32Array;
  #count: number;

  constructor(items: number) {
    this.#parent = Int32Array.from({ length: items }, (_, item) => item);
    this.#count = items;
  }

  /** Number of groups. */
  get count(): number {
    return this.#count;
  }

  /** A number that all members of the item's group share. */
  groupOf(item: number): number {
    let root = item;
    while (this.#parent[root] !== root) {
      this.#parent[root] = this.#parent[this.#parent[root]!]!;
      root = this.#parent[root]!;
    }
    return root;
  }

  join(a: number, b: number): void {
    const [groupA, groupB] = [this.groupOf(a), this.groupOf(b)];
    if (groupA === groupB) return;
    this.#parent[groupB] = groupA;
    this.#count -= 1;
  }

  /** The members of each group, larger groups first. */
  members(): number[][] {
    const groups = new Map<number, number[]>();
    for (let item = 0; item < this.#parent.length; item++) {
      const group = groups.get(this.groupOf(item)) ?? [];
      group.push(item);
      groups.set(this.groupOf(item), group);
    }
    return [...groups.values()].sort((a, b) => b.length - a.length);
  }
}
