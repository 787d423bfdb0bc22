/** The likelihood of ordered lists with ties, every set of every size written out; for tests. */
export function naiveListLikelihood(
  lists: readonly (readonly (readonly number[])[])[],
  logStrengths: readonly number[],
  deltas: Readonly<Record<number, number>>,
): number {
  const worth = (set: readonly number[]) => {
    const delta = set.length === 1 ? 1 : (deltas[set.length] ?? 0);
    const mean = set.reduce((sum, item) => sum + logStrengths[item]!, 0) / set.length;
    return delta * Math.exp(mean);
  };
  let sum = 0;
  for (const list of lists) {
    let left = list.flat();
    for (const group of list) {
      if (left.length < 2) break;
      const all = subsets(left).reduce((total, set) => total + worth(set), 0);
      sum += Math.log(worth(group) / all);
      left = left.filter((item) => !group.includes(item));
    }
  }
  return sum;
}

function subsets(items: readonly number[]): number[][] {
  return Array.from({ length: 2 ** items.length - 1 }, (_, code) =>
    items.filter((_item, at) => ((code + 1) >> at) & 1),
  );
}
