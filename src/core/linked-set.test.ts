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
  it('holds, in order, what a list would', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(7), fc.boolean())), (toggled) => {
        const items = Array.from({ length: 8 }, (_, id) => new Item(id));
        const linked = new LinkedSet<Item>();
        let model: Item[] = [];
        for (const [id, isFirst] of toggled) {
          const item = items[id]!;
          const isHere = model.includes(item);
          if (isHere) model = model.filter((one) => one !== item);
          else model = isFirst ? [item, ...model] : [...model, item];
          expect(linked.delete(item)).toBe(isHere);
          if (!isHere) linked[isFirst ? 'addFirst' : 'add'](item);
          expect(linked.all()).toEqual(model);
          expect([linked.first, linked.last, linked.size]).toEqual([
            model[0],
            model.at(-1),
            model.length,
          ]);
          if (linked.last) expect(linked.before(linked.last)).toBe(model.at(-2));
        }
      }),
    );
  });

  it('takes no notice of one that is not there, and lets go of what leaves', () => {
    const set = new LinkedSet<Item>();
    const [first, second] = [new Item(1), new Item(2)];
    set.add(first);
    set.add(second);
    expect([set.delete(first), set.delete(first)]).toEqual([true, false]);
    expect([first.before, first.after]).toEqual([undefined, undefined]);
    expect(set.all()).toEqual([second]);
  });
});
