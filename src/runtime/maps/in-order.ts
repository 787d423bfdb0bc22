/** Gives what comes in any order by its numbers, which begin at 0 and leave none out. */
export async function* inOrder<Item>(
  items: AsyncIterable<Item>,
  numberOf: (item: Item) => number,
): AsyncGenerator<Item, void, void> {
  const waiting = new Map<number, Item>();
  let next = 0;
  for await (const item of items) {
    waiting.set(numberOf(item), item);
    for (let one = waiting.get(next); one !== undefined; one = waiting.get(next)) {
      waiting.delete(next++);
      yield one;
    }
  }
  // Some may have been left out after all: those that came are given all the same.
  for (const [, item] of [...waiting].sort(([left], [right]) => left - right)) yield item;
}
