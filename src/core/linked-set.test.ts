import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Linked, LinkedSet } from './linked-set.ts';

class Item extends Linked {
  readonly id: number;

  constructor(id: number) {
    super();
    this.id = id;
  }
}

describe('a linked set', () => {
  it('holds, in order, what a Set would', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(7), { maxLength: 60 }), (toggled) => {
        const items = Array.from({ length: 8 }, (_, id) => new Item(id));
        const linked = new LinkedSet<Item>();
        const model = new Set<Item>();
        for (const id of toggled) {
          const item = items[id]!;
          if (model.delete(item)) linked.delete(item);
          else {
            model.add(item);
            linked.add(item);
          }
          expect(linked.all()).toEqual([...model]);
          expect(linked.first).toBe([...model][0]);
        }
      }),
    );
  });

  it('takes no notice of one that is not there, and lets go of what leaves', () => {
    const set = new LinkedSet<Item>();
    const [first, second] = [new Item(1), new Item(2)];
    set.add(first);
    set.add(second);
    set.delete(first);
    set.delete(first);
    expect([first.before, first.after]).toEqual([undefined, undefined]);
    expect(set.all()).toEqual([second]);
  });
});
