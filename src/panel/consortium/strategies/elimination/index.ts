import { seededRandom } from '../../../../core/seeded-random.ts';
import { shuffled } from '../../../../core/shuffle.ts';
import type { EarlierRound, Strategy } from '../strategy.ts';

/** After each round the members that the arbiter ranked lowest, or that did not answer, take no further part. */
export const strategy: Strategy = {
  name: 'elimination',
  about: 'after each round the members that were ranked lowest go, until a few are left',
  parameters: [
    { name: 'drop', kind: 'whole', about: 'how many go after a round', default: 1, least: 1 },
    { name: 'keep', kind: 'whole', about: 'how many are left at last', default: 2, least: 1 },
  ],
  ranks: true,
  prepare: ({ parameters, seed }) => {
    const [drop, keep] = [Number(parameters.drop), Number(parameters.keep)];
    return {
      members: (members, earlier) => {
        const last = earlier.at(-1);
        const most = Math.min(drop, members.length - keep);
        if (!last?.ranking || most <= 0) return members;
        const going = new Set(lowest(last.ranking, members, most, seed + earlier.length));
        return members.filter((member) => !going.has(member));
      },
      wantsRound: (rounds) => (rounds.at(-1)?.members.length ?? 0) > keep,
    };
  },
};

/** The lowest of a ranking, whoever is not in it before all others; of equal ones the seed decides who goes. */
function lowest(
  ranking: NonNullable<EarlierRound['ranking']>,
  members: readonly number[],
  count: number,
  seed: number,
): number[] {
  const random = seededRandom(seed);
  const ranked = new Set(ranking.flat());
  const unranked = members.filter((member) => !ranked.has(member));
  const ordered = [...ranking, unranked].flatMap((group) => {
    const sorted = group.filter((member) => members.includes(member)).toSorted((a, b) => a - b);
    return [...shuffled(sorted.length, random)].map((at) => sorted[at]!);
  });
  return ordered.slice(-count);
}
