import type { PreferenceVerdict } from './preference.ts';

/** The mean rank of each model over the verdicts that rank it; equal ones share the mean of their places. */
export function meanRanks(verdicts: readonly PreferenceVerdict[]): ReadonlyMap<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const { ranking } of verdicts) {
    let place = 1;
    for (const group of ranking ?? []) {
      const rank = place + (group.length - 1) / 2;
      place += group.length;
      for (const model of group) {
        const { sum, count } = sums.get(model) ?? { sum: 0, count: 0 };
        sums.set(model, { sum: sum + rank, count: count + 1 });
      }
    }
  }
  return new Map([...sums].map(([model, { sum, count }]) => [model, sum / count]));
}
