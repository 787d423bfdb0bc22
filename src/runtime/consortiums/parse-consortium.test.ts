import { describe, expect, it } from 'vitest';
import { readConsortium } from './checked-consortium.ts';
import { consortiumHash } from './consortium-options.ts';
import { parseConsortium } from './parse-consortium.ts';
import { writeConsortium } from './write-consortium.ts';

const parse = (text: string) => parseConsortium(Buffer.from(text), 'team.yaml');
const problemsOf = (text: string) =>
  readConsortium('team', Buffer.from(text), 'team.yaml').problems;

const WHOLE = `
members:
  - openai/gpt-5:3
  - ollama/llama3:8b
  - {model: "ollama/llama3:70", count: 2, system: Be brief., weight: 2, role: doubter, parameters: {temperature: 0}}
arbiter: [openai/gpt-5, team-2]
strategy: [role, {voting: {extract: number}}]
judging: rank
confidenceThreshold: 80
maxIterations: 5
minIterations: 2
memberTimeout: 2m
quorum: 3
extract: choice
all: true
system: |
  Answer.
  In short.
seed: 7
`;

describe('the file of a consortium', () => {
  it('has short forms of members, arbiters and strategies', () => {
    const { problems, options } = parse(WHOLE);
    expect(problems).toEqual([]);
    expect(options).toEqual({
      members: [
        { model: 'openai/gpt-5', count: 3 },
        { model: 'ollama/llama3:8b', count: 1 },
        {
          ...{ model: 'ollama/llama3:70', count: 2, system: 'Be brief.', weight: 2 },
          ...{ role: 'doubter', parameters: { temperature: 0 } },
        },
      ],
      arbiters: ['openai/gpt-5', 'team-2'],
      strategies: [
        { name: 'role', parameters: {} },
        { name: 'voting', parameters: { extract: 'number' } },
      ],
      ...{ judging: 'rank', confidenceThreshold: 0.8, maxIterations: 5, minIterations: 2 },
      ...{ memberTimeoutMs: 120_000, quorum: 3, extract: 'choice', all: true },
      ...{ system: 'Answer.\nIn short.\n', seed: 7 },
    });
    expect(parse('members: [a/b]\narbiter: x\nstrategy: voting').options).toMatchObject({
      arbiters: ['x'],
      strategies: [{ name: 'voting', parameters: {} }],
    });
    expect(parse('strategy: {semantic: {cut: 1}}').options.strategies).toEqual([
      { name: 'semantic', parameters: { cut: 1 } },
    ]);
  });

  it('is read back as it was written', () => {
    const { options } = parse(WHOLE);
    expect(parse(writeConsortium(options)).options).toEqual(options);
    const odd = {
      members: ['yes', 'x:3', '- a', '# b', 'a/b: c', 'null', '1'].map((model) => ({
        model,
        count: 1,
      })),
      arbiters: ['&x'],
      system: 'a: b\n\n# c  \n',
    };
    const back = parse(writeConsortium(odd));
    expect([back.problems, back.options]).toEqual([[], expect.objectContaining(odd)]);
  });

  it.each([
    ['members: [a/b:70]', 'team.yaml:1:11: members.0 ends in :70'],
    ['members: [a/b]\ncuonrum: 3', "team.yaml:2:1: unknown key 'cuonrum'; did you mean 'quorum'?"],
    ['members:\n  - model: a/b\n    cuont: 2', "team.yaml:3:5: unknown key 'cuont'"],
    ['members: a/b', 'team.yaml:1:10: members must be a list'],
    ['members: []', 'members must name at least one model'],
    ['members: [a/b]\nquorum: 2', 'team.yaml:2:9: quorum is 2, and there is 1 member'],
    ['members: [a/b]\nminIterations: 9', 'team.yaml:2:16: minIterations is 9, more than'],
    ['members: [a/b]\nstrategy: votin', 'team.yaml:2:11: There is no strategy "votin"'],
    ['members: [a/b]\nconfidenceThreshold: 101', 'team.yaml:2:22: confidenceThreshold must be'],
    ['members: [a/b]\nmemberTimeout: soon', 'team.yaml:2:16: memberTimeout must be a duration'],
    ['members: [a/b]\njudging: vote', 'team.yaml:2:10: judging must be synthesis, rank or'],
    ['members: [{model: a/b, weight: 0}]', 'members.0.weight must be above 0'],
    ['members: [{model: a/b, parameters: {x: .inf}}]', 'members.0.parameters must be a map'],
    ['members: [a/b]\nstrategy: [[x]]', 'strategy.0 must be'],
    ['members: [a\n', 'team.yaml:'],
    ['- a/b', 'must be a map'],
    ['__proto__: {x: 1}', "the key '__proto__' can be no name"],
    ['members: [a/b]', 'It has no arbiter'],
    [
      'members: [a/b]\nstrategy: {voting: {extrac: number}}',
      'team.yaml:2:11: The strategy voting has no parameter "extrac"',
    ],
    [
      'members: [a/b]\nextract: text\nstrategy: {voting: {extract: numbr}}',
      'team.yaml:3:11: extract of the strategy voting must be',
    ],
    [
      'members: [a/b]\narbiter: []\nstrategy: role',
      'team.yaml:2:10: It has no arbiter: only members that vote need none',
    ],
  ])('tells what is wrong with %j, with its place', (text, problem) => {
    expect(problemsOf(text).join('\n')).toContain(problem);
  });

  it('tells all that is wrong at once', () => {
    const all = problemsOf(
      'members: [a/b:70]\nquorum: 9\nmaxIterations: x\nstrategy: votin\nfoo: 1',
    );
    expect(all.map((one) => one.split(' ')[0])).toEqual([
      ...['team.yaml:1:11:', 'team.yaml:3:16:', 'team.yaml:5:1:'],
      // An unknown strategy, and nobody who could make one answer.
      ...['team.yaml:4:11:', 'team.yaml:4:11:'],
    ]);
  });

  it('is refused where it is too large for its aliases, not UTF-8, or nested without end', () => {
    expect(parseConsortium(Uint8Array.of(0xff, 0xfe), 'x').problems).toHaveLength(1);
    expect(parse(`members: ${'['.repeat(50_000)}`).problems.length).toBeGreaterThan(0);
    const bombs = 'a: &a [1,2]\nb: &b [*a,*a]\nc: &c [*b,*b,*b]\nmembers: [*c]\n';
    expect(problemsOf(bombs).length).toBeGreaterThan(0);
  });
});

describe('the hash of a definition', () => {
  it('is that of what is asked: defaults written out, keys in any order', () => {
    const { options } = parse('members: [a/b]\narbiter: x');
    const same = parse(
      'seed: 0\narbiter: [x]\nmembers: [{model: a/b, count: 1}]\nquorum: 1',
    ).options;
    expect(consortiumHash(same, ['p'])).toBe(consortiumHash(options, ['p']));
    expect(consortiumHash(options, ['q'])).not.toBe(consortiumHash(options, ['p']));
    expect(consortiumHash({ ...options, seed: 1 }, ['p'])).not.toBe(consortiumHash(options, ['p']));
  });
});
