import type { Random } from './clock.ts';

/** Puts numbers into random order, in place (Fisher and Yates). */
export function shuffle(order: Uint32Array, random: Random): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const one = order[at]!;
    order[at] = order[other]!;
    order[other] = one;
  }
}

/** The numbers 0 to `count` - 1 in random order. */
export function shuffled(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, at) => at);
  shuffle(order, random);
  return order;
}
