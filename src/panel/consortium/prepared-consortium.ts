import { TuttiError } from '../../core/tutti-error.ts';
import type { Consortium } from './consortium.ts';
import { consortiumProblems, strategyOf } from './consortium-problems.ts';
import { readParameters } from './strategies/read-parameters.ts';
import type { PreparedStrategy, Strategy, StrategyMember } from './strategies/strategy.ts';

/** A strategy that was chosen, ready to be used. */
export interface ChosenAndPrepared {
  readonly strategy: Strategy;
  readonly prepared: PreparedStrategy;
}

/** A consortium that can be asked. */
export interface PreparedConsortium extends Consortium {
  readonly voters: readonly StrategyMember[];
  readonly prepared: readonly ChosenAndPrepared[];
  /** True where a strategy decides which answer it is. */
  readonly decides: boolean;
}

/**
 * Makes a consortium ready.
 *
 * @throws TuttiError `bad_usage` with all that is wrong with it
 */
export async function prepareConsortium(consortium: Consortium): Promise<PreparedConsortium> {
  const problems = consortiumProblems(consortium);
  if (problems.length > 0) {
    throw new TuttiError(
      'bad_usage',
      `The consortium ${consortium.name} cannot be asked: ${problems.join(' ')}`,
    );
  }
  const { members, strategies, extract = null, seed } = consortium;
  const voters = members.map(({ id, role, weight = 1 }) => ({ id, role, weight }));
  const prepared: ChosenAndPrepared[] = [];
  for (const chosen of strategies) {
    const strategy = strategyOf(chosen)!;
    const { parameters } = readParameters(strategy, chosen.parameters);
    const { models = {} } = chosen;
    prepared.push({
      strategy,
      prepared: await strategy.prepare({ parameters, models, members: voters, extract, seed }),
    });
  }
  const ranks = prepared.some(({ strategy }) => strategy.ranks);
  return {
    ...consortium,
    judging: ranks ? 'rank' : consortium.judging,
    ...{ voters, prepared },
    decides: prepared.some(({ strategy }) => strategy.decides),
  };
}
