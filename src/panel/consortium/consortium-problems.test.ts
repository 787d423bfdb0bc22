import { describe, expect, it } from 'vitest';
import {
  type ConsortiumDefinition,
  consortiumProblems,
  consortiumWarnings,
} from './consortium-problems.ts';

const usual: ConsortiumDefinition = {
  members: [{ id: 'a#1' }, { id: 'a#2' }, { id: 'b#1' }],
  ...{ arbiters: ['judge'], judging: 'synthesis', strategies: [], confidenceThreshold: 0.8 },
  ...{ maxIterations: 3, minIterations: 1, memberTimeoutMs: 120_000, quorum: 2 },
};
const strategies = (name: string, parameters = {}) => ({ strategies: [{ name, parameters }] });
const problems = (more: Partial<ConsortiumDefinition>) => consortiumProblems({ ...usual, ...more });

describe('a consortium', () => {
  it('has no problem as it usually is', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ ...strategies('voting', { extract: 'number' }), arbiters: [] })).toEqual([]);
    expect(
      problems({
        strategies: [
          { name: 'role', parameters: {} },
          { name: 'voting', parameters: {} },
        ],
      }),
    ).toEqual([]);
    expect(problems({ ...strategies('elimination'), judging: 'rank' })).toEqual([]);
    expect(problems(strategies('semantic', { embedder: 'openai/e' }))).toEqual([]);
  });

  it.each([
    [{ members: [] }, 'It has no member.'],
    [{ quorum: 4 }, 'quorum is 4, and there are 3 members.'],
    [{ quorum: 0 }, 'quorum must be a whole number from 1.'],
    [{ members: [{ id: 'a#1' }, { id: 'a#1' }] }, 'Two members have the id a#1.'],
    [
      { members: [{ id: 'a#1', weight: 0 }, { id: 'b#1' }] },
      'The weight of a#1 must be a number above 0.',
    ],
    [
      { confidenceThreshold: 1.5 },
      'confidenceThreshold must be from 0 to 1, or from 0 to 100 per cent.',
    ],
    [
      { confidenceThreshold: Number.NaN },
      'confidenceThreshold must be from 0 to 1, or from 0 to 100 per cent.',
    ],
    [{ minIterations: 4 }, 'minIterations is 4, more than maxIterations, 3.'],
    [{ maxIterations: 1.5 }, 'maxIterations must be a whole number from 1.'],
    [{ memberTimeoutMs: 0 }, 'memberTimeout must be more than 0.'],
    [{ arbiters: [] }, 'It has no arbiter: only members that vote need none (strategy voting).'],
    [{ extract: 'numbr' }, 'extract must be number, choice, text, json:POINTER or re:PATTERN.'],
    [
      strategies('votting'),
      'There is no strategy "votting". Did you mean voting? There are elimination, role, semantic, voting.',
    ],
    [
      strategies('__proto__'),
      'There is no strategy "__proto__". There are elimination, role, semantic, voting.',
    ],
    [
      strategies('voting', { extrakt: 'number' }),
      'The strategy voting has no parameter "extrakt". Did you mean extract? It has extract.',
    ],
    [
      strategies('voting', { extract: 're:(' }),
      expect.stringMatching(/^extract of the strategy voting has a pattern that cannot be read/),
    ],
    [
      strategies('elimination', { drop: 0 }),
      'drop of the strategy elimination must be a whole number from 1.',
    ],
    [
      strategies('elimination', { drop: 'false' }),
      'drop of the strategy elimination must be a whole number from 1.',
    ],
    [
      strategies('elimination', { keep: 4 }),
      'keep of the strategy elimination is 4, more than there are members.',
    ],
    [
      { ...strategies('elimination'), judging: 'pick-one' as const },
      'elimination needs judging: rank, and it is pick-one.',
    ],
    [
      strategies('semantic'),
      'The strategy semantic needs embedder: the model that makes the embeddings.',
    ],
    [
      strategies('semantic', { embedder: 'e', cut: 3 }),
      'cut of the strategy semantic must be a number from 0 to 2.',
    ],
    [strategies('role', { roles: [] }), 'roles of the strategy role must be a list of texts.'],
    [
      {
        strategies: [
          { name: 'voting', parameters: {} },
          { name: 'elimination', parameters: {} },
        ],
      },
      "elimination needs an arbiter's ranking, and with voting none is asked for.",
    ],
    [
      {
        strategies: [
          { name: 'role', parameters: {} },
          { name: 'role', parameters: {} },
        ],
      },
      'The strategy role is chosen twice.',
    ],
  ] as const)('with %j is told what is wrong', (more, problem) => {
    expect(problems(more as Partial<ConsortiumDefinition>)).toEqual([problem]);
  });

  it('is told all that is wrong at once', () => {
    expect(problems({ quorum: 9, confidenceThreshold: -1, ...strategies('vote') })).toHaveLength(3);
  });

  it('is warned of one member, and of an arbiter that is a member', () => {
    expect(consortiumWarnings(usual)).toEqual([]);
    expect(consortiumWarnings({ ...usual, members: [{ id: 'a#1' }] })).toHaveLength(1);
    expect(consortiumWarnings({ ...usual, arbiters: [{ reference: 'a' }] })).toEqual([
      'The arbiter a is a member, too: it judges its own answers.',
    ]);
    const many = Array.from({ length: 6 }, (_, at) => ({ id: `a#${at}` }));
    expect(consortiumWarnings({ ...usual, members: many, ...strategies('elimination') })).toEqual([
      'elimination needs 5 rounds, and maxIterations is 3.',
    ]);
  });
});
