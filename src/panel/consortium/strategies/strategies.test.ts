import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import { CallError } from '../../../core/call-error.ts';
import type { Message } from '../../../core/message.ts';
import { consortiumOf, orchestrated, votersOf } from '../consortium-bench.test-support.ts';
import {
  keyIn,
  lastText,
  resultReply,
  type Script,
  ScriptedModel,
  shownAnswers,
} from '../talking-member.test-support.ts';
import { readParameters } from './read-parameters.ts';
import { averageLinkage } from './semantic/average-linkage.ts';
import { STRATEGIES } from './strategies.generated.ts';

const NO = new CallError('bad_request', 'no');

describe.each(Object.entries(STRATEGIES))('the strategy %s', (name, strategy) => {
  it('has its name, says what it does, and takes no parameter that it does not know', () => {
    expect(strategy.name).toBe(name);
    expect(strategy.about).not.toMatch(/\.$/);
    for (const { about, name: parameter } of strategy.parameters) {
      expect(about).toBeTruthy();
      expect(parameter).toMatch(/^[a-z][A-Za-z]*$/);
    }
    expect(readParameters(strategy, { nonsense: 1 }).problems).toHaveLength(
      1 + strategy.parameters.filter((one) => one.default === undefined).length,
    );
  });

  it('is ready with its defaults', () => {
    const { parameters } = readParameters(strategy, {});
    const members = [{ id: 'a#1', weight: 1 }];
    expect(() =>
      strategy.prepare({ parameters, members, models: {}, extract: null, seed: 0 }),
    ).not.toThrow();
  });
});

function voters(clock: FakeClock, ...scripts: readonly (string | ReturnType<Script>)[]) {
  return scripts.map(
    (said, at) =>
      new ScriptedModel(clock, `m${at}`, () =>
        typeof said === 'string' ? `So.\nAnswer: ${said}` : said,
      ),
  );
}

describe('voting', () => {
  it('gives the text of the first member of the largest group, and how many agree', async () => {
    const clock = new FakeClock();
    const result = await orchestrated(
      clock,
      votersOf(voters(clock, '7', '$1,000', '1000.0', '1,000', '8'), { all: true }),
    );
    expect(result).toMatchObject({
      status: 'complete',
      answer: 'So.\nAnswer: $1,000',
      basis: 'vote',
      confidence: 0.6,
      confidenceSource: 'agreement',
      asked: 5,
    });
    expect(result.agreement).toEqual({
      groups: [
        { answer: '1000', members: ['m1#2', 'm2#3', 'm3#4'] },
        { answer: '7', members: ['m0#1'] },
        { answer: '8', members: ['m4#5'] },
      ],
      share: 0.6,
      tied: false,
    });
    expect(result.rounds[0]!.members[1]!.extracted).toBe('1000');
    expect(result.rounds).toHaveLength(1);
  });

  it('asks members to end with their answer', async () => {
    const clock = new FakeClock();
    const members = voters(clock, 'A', 'A', 'B');
    await orchestrated(clock, votersOf(members, { extract: 'choice' }));
    expect(lastText(members[0]!.requests[0]!)).toMatch(/^Which\?\n\n.*"Answer: " and the letter/);
  });

  it('stops when no outstanding vote can change the winner: who is cut off is not missing', async () => {
    const clock = new FakeClock();
    const slow = { text: 'Answer: B', latencyMs: 5_000 };
    const members = voters(clock, 'A', slow, 'A', { hangs: true }, 'A');
    const result = await orchestrated(clock, votersOf(members));
    expect(result).toMatchObject({
      status: 'complete',
      answer: 'So.\nAnswer: A',
      confidence: 0.6,
      failed: 0,
      timedOut: 0,
    });
    expect(result.rounds[0]!.members.map(({ status }) => status)).toEqual([
      'ok',
      'cancelled',
      'ok',
      'cancelled',
      'ok',
    ]);
    expect(clock.monotonicMs()).toBeLessThan(2000);
    expect(members[3]!.inFlight).toBe(0);
  });

  it('waits for every member where it is told to', async () => {
    const clock = new FakeClock();
    const slow = { text: 'Answer: B', latencyMs: 5_000 };
    const result = await orchestrated(
      clock,
      votersOf(voters(clock, 'A', slow, 'A'), { all: true }),
    );
    expect(result.rounds[0]!.members.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
  });

  it('counts weights, and does not count what failed or says nothing', async () => {
    const clock = new FakeClock();
    const members = voters(
      clock,
      'A',
      'A',
      'B',
      { error: NO },
      { error: NO },
      { error: NO },
      'nothing'.replace('nothing', ' '),
    );
    const heavy = votersOf(members, { quorum: 3 });
    const weighted = {
      ...heavy,
      members: heavy.members.map((one, at) => (at === 2 ? { ...one, weight: 3 } : one)),
    };
    expect(await orchestrated(clock, weighted)).toMatchObject({
      answer: 'So.\nAnswer: B',
      status: 'degraded',
      failed: 3,
    });
    const result = await orchestrated(clock, heavy);
    expect(result).toMatchObject({ answer: 'So.\nAnswer: A', status: 'degraded', failed: 3 });
    expect(result.agreement!.groups.map(({ answer }) => answer)).toEqual(
      ['a', 'b'].map((one) => one.toUpperCase()),
    );
    expect(result.confidence).toBeCloseTo(2 / 7);
  });

  it('asks the arbiter about a tie, and about nothing else', async () => {
    const clock = new FakeClock();
    const judge = new ScriptedModel(clock, 'judge', (request) => {
      const [label] = [...shownAnswers(request)].find(([, text]) => text.includes('B'))!;
      return `<verdict key="${keyIn(request)}">{"pick": "${label}", "confidence": 1}</verdict>`;
    });
    const tied = await orchestrated(
      clock,
      votersOf(voters(clock, 'A', 'B', 'A', 'B'), { arbiters: [judge] }),
    );
    expect(tied).toMatchObject({
      status: 'complete',
      answer: 'So.\nAnswer: B',
      basis: 'vote',
      confidence: 0.5,
      confidenceSource: 'agreement',
      agreement: { tied: true },
    });
    expect(judge.requests).toHaveLength(1);
    expect(shownAnswers(judge.requests[0]!).size).toBe(2);
    await orchestrated(clock, votersOf(voters(clock, 'A', 'B', 'A'), { arbiters: [judge] }));
    expect(judge.requests).toHaveLength(1);
  });

  it('draws by the seed where nobody decides a tie, and each is drawn in its turn', async () => {
    const drawn = async (seed: number) => {
      const clock = new FakeClock();
      const result = await orchestrated(clock, votersOf(voters(clock, 'A', 'B'), { seed }));
      expect(result).toMatchObject({ status: 'complete', agreement: { tied: true } });
      return result.answer;
    };
    const all = await Promise.all(Array.from({ length: 20 }, (_, seed) => drawn(seed)));
    expect(await drawn(3)).toBe(all[3]);
    expect(new Set(all).size).toBe(2);
  });

  it('without any vote leaves it to the arbiter, else to the most central answer, and says so', async () => {
    const clock = new FakeClock();
    const mute = voters(clock, { text: 'the sky' }, { text: 'the blue sky' }, { text: 'rain' });
    const result = await orchestrated(clock, votersOf(mute));
    expect(result).toMatchObject({
      status: 'degraded',
      basis: 'member',
      confidence: null,
      answer: 'the sky',
    });
    expect(result.degraded[0]).toBe('nobody has voted: no reply has a line "Answer: …"');
    const judge = new ScriptedModel(clock, 'judge', (request) =>
      resultReply(request, { synthesis: 'All' }),
    );
    expect(await orchestrated(clock, votersOf(mute, { arbiters: [judge] }))).toMatchObject({
      answer: 'All',
      basis: 'synthesis',
    });
  });

  it('has the same winner whoever arrives first', async () => {
    const vote = fc.record({
      said: fc.constantFrom('A', 'B', 'C', ''),
      latencyMs: fc.integer({ min: 1, max: 50 }),
      weight: fc.constantFrom(1, 1, 2, 0.5),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(vote, { minLength: 1, maxLength: 7 }),
        fc.boolean(),
        fc.infiniteStream(fc.integer({ min: 1, max: 50 })),
        async (votes, all, other) => {
          const winner = async (latencies: readonly number[], waits: boolean) => {
            const clock = new FakeClock();
            const members = votes.map(
              ({ said }, at) =>
                new ScriptedModel(clock, `m${at}`, () => ({
                  text: said === '' ? `mute ${at}` : `Answer: ${said}`,
                  latencyMs: latencies[at]!,
                })),
            );
            const consortium = votersOf(members, { all: waits, quorum: 1 });
            const weighted = consortium.members.map((one, at) => ({
              ...one,
              weight: votes[at]!.weight,
            }));
            const { answer } = await orchestrated(clock, { ...consortium, members: weighted });
            return answer;
          };
          const first = await winner(
            votes.map(({ latencyMs }) => latencyMs),
            all,
          );
          const again = await winner(
            votes.map(() => other.next().value),
            true,
          );
          expect(first).toBe(again);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('elimination', () => {
  it('drops the lowest instance after each round, until as few as are kept have taken part', async () => {
    const clock = new FakeClock();
    const members = ['a', 'b', 'c', 'd'].map(
      (name) => new ScriptedModel(clock, name, () => `I, ${name}`),
    );
    const rank = (request: { messages: readonly Message[] }) => {
      const sorted = [...shownAnswers(request)]
        .sort(([, a], [, b]) => (a < b ? -1 : 1))
        .map(([label]) => label);
      return `<verdict key="${keyIn(request)}">${JSON.stringify({ ranking: sorted, confidence: 1 })}</verdict>`;
    };
    const judge = new ScriptedModel(clock, 'judge', rank);
    const strategies = [{ name: 'elimination', parameters: {} }];
    const result = await orchestrated(
      clock,
      consortiumOf(members, { arbiters: [judge], strategies, maxIterations: 5 }),
    );
    expect(result).toMatchObject({
      status: 'complete',
      basis: 'rank',
      answer: 'I, a',
      round: 3,
      asked: 9,
    });
    const rounds = result.rounds.map(({ members: all }) => all.map(({ status }) => status));
    expect(rounds).toEqual([
      ['ok', 'ok', 'ok', 'ok'],
      ['ok', 'ok', 'ok', 'eliminated'],
      ['ok', 'ok', 'eliminated', 'eliminated'],
    ]);
    expect(members[3]!.requests).toHaveLength(1);
  });

  it('drops a member that did not answer before any that did', async () => {
    const clock = new FakeClock();
    const members = ['a', 'b', 'c'].map(
      (name) =>
        new ScriptedModel(clock, name, () =>
          name === 'b' ? { error: new CallError('bad_request', 'no') } : `I, ${name}`,
        ),
    );
    const judge = new ScriptedModel(clock, 'judge', (request) => {
      const ranking = [...shownAnswers(request).keys()];
      return `<verdict key="${keyIn(request)}">${JSON.stringify({ ranking, confidence: 1 })}</verdict>`;
    });
    const strategies = [{ name: 'elimination', parameters: {} }];
    const result = await orchestrated(
      clock,
      consortiumOf(members, { arbiters: [judge], strategies }),
    );
    const rounds = result.rounds.map(({ members: all }) => all.map(({ status }) => status));
    expect(rounds).toEqual([
      ['ok', 'error', 'ok'],
      ['ok', 'eliminated', 'ok'],
    ]);
  });
});

describe('role', () => {
  it('tells each instance a role of its own, behind its system message, and its own before the list', async () => {
    const clock = new FakeClock();
    const members = ['a', 'b', 'c'].map(
      (name) => new ScriptedModel(clock, name, () => 'Answer: x'),
    );
    const strategies = [
      { name: 'role', parameters: { roles: ['One.', 'Two.'] } },
      { name: 'voting', parameters: {} },
    ];
    const consortium = consortiumOf(members, { strategies, system: 'Usual.', all: true });
    const own = {
      ...consortium,
      members: consortium.members.map((one, at) => (at === 1 ? { ...one, role: 'Mine.' } : one)),
    };
    expect(await orchestrated(clock, own)).toMatchObject({ status: 'complete', basis: 'vote' });
    const systems = members.map(({ requests }) => requests[0]!.messages[0]);
    expect(systems).toEqual(
      ['One.', 'Mine.', 'One.'].map((role) => ({ role: 'system', content: `Usual.\n\n${role}` })),
    );
  });
});

describe('semantic', () => {
  it('joins what is near on average', () => {
    const vectors = [
      [1, 0],
      [0.9, 0.1],
      [0, 1],
      [0.95, 0.05],
      [-1, 0],
    ];
    expect(averageLinkage(vectors, 0.25)).toEqual([[0, 1, 3], [2], [4]]);
    expect(averageLinkage(vectors, 0)).toHaveLength(5);
    expect(averageLinkage(vectors, 2)).toHaveLength(1);
    expect(
      averageLinkage(
        [
          [0, 0],
          [0, 0],
        ],
        0.25,
      ),
    ).toHaveLength(2);
    expect(averageLinkage([], 0.25)).toEqual([]);
  });

  it.each([1e-200, 1e200, 1.7e308])('tells directions apart whose numbers are about %d', (size) => {
    const vectors = [
      [size, 0],
      [0, size],
      [-size, 0],
      [size, 0],
    ];
    expect(averageLinkage(vectors, 0.25)).toEqual([[0, 3], [1], [2]]);
  });

  it('joins equal vectors at a cut of 0', () => {
    const vectors = Array.from({ length: 20 }, (_, at) => [0.1, 0.3, at % 2 === 0 ? 0.7 : 0.2]);
    expect(averageLinkage(vectors, 0).map(({ length }) => length)).toEqual([10, 10]);
  });

  it('joins a thousand vectors without holding everything else up', () => {
    const vectors = Array.from({ length: 1000 }, (_, at) => [Math.sin(at), Math.cos(at * 7), 0.5]);
    const startMs = performance.now();
    expect(averageLinkage(vectors, 2)).toHaveLength(1);
    expect(performance.now() - startMs).toBeLessThan(3000);
  });

  it('hands the largest group to the arbiter, and all where there are no embeddings', async () => {
    const clock = new FakeClock();
    const members = ['a', 'b', 'c'].map(
      (name) => new ScriptedModel(clock, name, () => `I, ${name}`),
    );
    const judge = new ScriptedModel(clock, 'judge', (request) =>
      resultReply(request, { synthesis: 'All' }),
    );
    const run = async (texts: readonly string[]) => {
      const embedder = new ScriptedModel(clock, 'e', () => ({ texts }));
      const strategies = [
        { name: 'semantic', parameters: { embedder: 'e' }, models: { embedder } },
      ];
      const result = await orchestrated(
        clock,
        consortiumOf(members, { arbiters: [judge], strategies }),
      );
      return { result, embedder, shown: [...shownAnswers(judge.requests.at(-1)!).values()].sort() };
    };
    const good = await run(['[1, 0]', '[0, 1]', '[0.9, 0.1]']);
    expect(good.shown).toEqual(['I, a', 'I, c']);
    expect(good.embedder.requests[0]).toMatchObject({
      mode: 'embedding',
      messages: [{ content: 'I, a' }, { content: 'I, b' }, { content: 'I, c' }],
    });
    expect(good.result).toMatchObject({
      status: 'complete',
      agreement: { share: 2 / 3, tied: false },
    });
    for (const texts of [
      ['[1]'],
      ['[1]', 'x', '[2]'],
      ['[1]', '[1, 2]', '[1]'],
      ['[]', '[]', '[]'],
    ]) {
      const { result, shown } = await run(texts);
      expect(shown).toHaveLength(3);
      expect(result.degraded[0]).toMatch(/^all answers went on: e gave no embeddings/);
    }
  });
});
