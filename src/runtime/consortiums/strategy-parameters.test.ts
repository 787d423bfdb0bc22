import { describe, expect, it } from 'vitest';
import { withStrategyParameters } from './strategy-parameters.ts';

const chosen = [
  { name: 'elimination', parameters: { drop: 2, keep: 3 } },
  { name: './mine.ts', parameters: {} },
];

describe('parameters of strategies that flags give', () => {
  it('come over those that are there, of the strategy that they name', () => {
    const words = [['elimination.keep', 1] as const, ['./mine.ts.__proto__', 'x'] as const];
    const { strategies, problems } = withStrategyParameters(chosen, words);
    expect(problems).toEqual([]);
    expect(strategies[0]).toEqual({ name: 'elimination', parameters: { drop: 2, keep: 1 } });
    expect(Object.keys(strategies[1]!.parameters)).toEqual(['__proto__']);
  });

  it('are refused where they name none', () => {
    const words = ['keep', 'voting.extract', 'elimination.', '.x'].map(
      (word) => [word, 1] as const,
    );
    const { strategies, problems } = withStrategyParameters(chosen, words);
    expect(strategies).toEqual(chosen);
    expect(problems).toHaveLength(4);
    expect(problems[1]).toBe(
      '--strategy-param voting.extract names no strategy that is used (there is elimination, ./mine.ts): write STRATEGY.NAME=VALUE.',
    );
  });
});
