import type { JsonValue } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import type { ChosenStrategy } from '../../panel/index.ts';

/** A parameter of a strategy as a flag gives it: `semantic.embedder` and its value. */
export type StrategyParameterWord = readonly [name: string, value: JsonValue];

/** Puts parameters over those that strategies have. @returns also what is wrong with their names, a sentence each */
export function withStrategyParameters(
  strategies: readonly ChosenStrategy[],
  words: readonly StrategyParameterWord[],
): { readonly strategies: readonly ChosenStrategy[]; readonly problems: readonly string[] } {
  const problems: string[] = [];
  let given = strategies;
  for (const [word, value] of words) {
    // The name of a file of one's own has points, too.
    const point = word.lastIndexOf('.');
    const [strategy, parameter] = [word.slice(0, Math.max(0, point)), word.slice(point + 1)];
    if (given.some(({ name }) => name === strategy) && parameter !== '') {
      const own = (one: ChosenStrategy) =>
        Object.fromEntries([...Object.entries(one.parameters), [parameter, value]]);
      given = given.map((one) => (one.name === strategy ? { ...one, parameters: own(one) } : one));
    } else problems.push(problemOf(word, strategies));
  }
  return { strategies: given, problems };
}

function problemOf(word: string, strategies: readonly ChosenStrategy[]): string {
  const names = strategies.map(({ name }) => plainLine(name, 100));
  const have = names.length === 0 ? 'there is none' : `there is ${names.join(', ')}`;
  return `--strategy-param ${plainLine(word, 100)} names no strategy that is used (${have}): write STRATEGY.NAME=VALUE.`;
}
