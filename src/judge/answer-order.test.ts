import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerOrder } from './answer-order.ts';

const ordersOf = (seed: number, count: number, prompts: number, judge = 'judge') =>
  Array.from({ length: prompts }, (_, prompt) => answerOrder({ seed, judge, prompt, count }));

/** How often each answer stood at each place. */
function placesOf(orders: readonly (readonly number[])[], count: number): number[] {
  const seen = new Array<number>(count * count).fill(0);
  for (const order of orders) {
    for (const [place, answer] of order.entries()) seen[answer * count + place]! += 1;
  }
  return seen;
}

/** By how much more often the first of two answers stood before the other, for each two. */
function leadsOf(orders: readonly (readonly number[])[], count: number): number[] {
  const leads: number[] = [];
  for (let one = 0; one < count; one++) {
    for (let other = one + 1; other < count; other++) {
      const first = orders.filter((order) => order.indexOf(one) < order.indexOf(other)).length;
      leads.push(Math.abs(2 * first - orders.length));
    }
  }
  return leads;
}

const study = fc.record({
  seed: fc.integer(),
  count: fc.integer({ min: 2, max: 6 }),
  prompts: fc.integer({ min: 1, max: 50 }),
});

describe('the order in which a judge sees answers', () => {
  it('has each answer once, and is the same for the same judge and prompt', () => {
    fc.assert(
      fc.property(study, fc.nat({ max: 1e9 }), ({ seed, count }, prompt) => {
        const order = answerOrder({ seed, judge: 'judge', prompt, count });
        expect([...order].sort((a, b) => a - b)).toEqual([...order.keys()]);
        expect(answerOrder({ seed, judge: 'judge', prompt, count })).toEqual(order);
      }),
    );
  });

  it('puts each answer at each place equally often, or once more', () => {
    fc.assert(
      fc.property(study, ({ seed, count, prompts }) => {
        const seen = placesOf(ordersOf(seed, count, prompts), count);
        expect(Math.max(...seen) - Math.min(...seen)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('puts each of two answers before the other equally often: at once with an even count, else after two squares', () => {
    fc.assert(
      fc.property(study, ({ seed, count, prompts }) => {
        const most = Math.max(...leadsOf(ordersOf(seed, count, prompts), count));
        if (count % 2 === 0) expect(most).toBeLessThanOrEqual(1);
        else if (prompts % (2 * count) === 0) expect(most).toBe(0);
        else expect(most).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('does so with as many answers as there are labels', () => {
    for (const count of [7, 12, 25, 26]) {
      const orders = ordersOf(3, count, 2 * count);
      expect(new Set(placesOf(orders, count))).toEqual(new Set([2]));
      expect(Math.max(...leadsOf(orders, count))).toBe(0);
    }
  });

  it('shows a prompt that is asked twice both ways round, with an even count', () => {
    for (const count of [2, 4, 6]) {
      const [first, second] = ordersOf(1, count, 2);
      expect(second).toEqual(first!.toReversed());
    }
  });

  it('has an answer follow another as often as the other way, over a square of an even count', () => {
    const followed = new Map<string, number>();
    for (const order of ordersOf(9, 6, 6)) {
      for (const [place, answer] of order.slice(1).entries()) {
        const pair = `${order[place]} ${answer}`;
        followed.set(pair, (followed.get(pair) ?? 0) + 1);
      }
    }
    expect([followed.size, ...new Set(followed.values())]).toEqual([30, 1]);
  });

  it('differs by seed and by judge, and every order comes up', () => {
    const first = JSON.stringify(ordersOf(0, 4, 8));
    expect(JSON.stringify(ordersOf(1, 4, 8))).not.toBe(first);
    expect(JSON.stringify(ordersOf(0, 4, 8, 'other'))).not.toBe(first);
    const seen = new Set(ordersOf(0, 3, 600).map(String));
    expect(seen.size).toBe(6);
  });

  it('of one answer, or none, is what there is', () => {
    expect(answerOrder({ seed: 0, judge: 'j', prompt: 5, count: 1 })).toEqual([0]);
    expect(answerOrder({ seed: 0, judge: 'j', prompt: 5, count: 0 })).toEqual([]);
  });
});
