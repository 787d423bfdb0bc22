import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { CallError } from '../../core/call-error.ts';
import { isJsonObject } from '../../core/json.ts';
import { consortiumBench, consortiumOf } from './consortium-bench.test-support.ts';
import { consortiumModel } from './consortium-model.ts';
import { resultReply, ScriptedModel } from './talking-member.test-support.ts';

describe('a consortium', () => {
  it('answers with the synthesis of its arbiter, and says how it came to it', async () => {
    const clock = new FakeClock();
    const members = ['a', 'b', 'c'].map(
      (name) => new ScriptedModel(clock, name, () => `I, ${name}`),
    );
    const arbiter = new ScriptedModel(clock, 'judge', (request) =>
      resultReply(request, { synthesis: 'All of us' }),
    );
    const bench = consortiumBench(clock, consortiumOf(members, { arbiters: [arbiter] }), 1);
    await clock.runUntil(bench.run());
    const end = bench.ends.get(0)!;
    expect(end.result).toBe('All of us');
    expect(end.answer).toMatchObject({
      status: 'ok',
      model: 'team',
      costUsd: 0.004,
      attempts: 4,
      latencyMs: 2000,
    });
    const told = end.answer.details?.consortium;
    expect(told).toMatchObject({
      status: 'complete',
      basis: 'synthesis',
      confidence: 0.9,
      confidence_source: 'arbiter',
      asked: 3,
      answered: 3,
    });
    expect(isJsonObject(told) && JSON.stringify(told)).not.toContain('I, a');
  });

  it('is degraded without a member, and names it', async () => {
    const clock = new FakeClock();
    const members = ['a', 'b', 'c'].map(
      (name) =>
        new ScriptedModel(clock, name, () =>
          name === 'b' ? { error: new CallError('bad_request', 'no\u001b[2J') } : `I, ${name}`,
        ),
    );
    const arbiter = new ScriptedModel(clock, 'judge', (request) =>
      resultReply(request, { synthesis: 'Both of us' }),
    );
    const bench = consortiumBench(clock, consortiumOf(members, { arbiters: [arbiter] }), 1);
    await clock.runUntil(bench.run());
    const told = bench.ends.get(0)!.answer.details?.consortium;
    expect(told).toMatchObject({
      status: 'degraded',
      degraded: ['b#2 is missing: no\\x1b[2J'],
      answered: 2,
      failed: 1,
    });
  });

  it('is degraded with a member that is: one of another consortium is missing', async () => {
    const clock = new FakeClock();
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(
      (name) =>
        new ScriptedModel(clock, name, () =>
          name === 'b' ? { error: new CallError('bad_request', 'no') } : `I, ${name}`,
        ),
    );
    const arbiter = new ScriptedModel(clock, 'judge', (request) =>
      resultReply(request, { synthesis: 'All of us' }),
    );
    const inner = consortiumOf([a!, b!, c!], { name: 'inner', arbiters: [arbiter] });
    const outer = consortiumOf([consortiumModel(inner), d!], { arbiters: [arbiter] });
    const bench = consortiumBench(clock, outer, 1);
    await clock.runUntil(bench.run());
    expect(bench.ends.get(0)!.answer.details?.consortium).toMatchObject({
      status: 'degraded',
      degraded: ['inner#1 is degraded: b#2 is missing: no'],
      answered: 2,
      failed: 0,
    });
  });

  it('is degraded with an arbiter that is: one of its members is missing', async () => {
    const clock = new FakeClock();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => new ScriptedModel(clock, name, () => 'I say'));
    const lost = new ScriptedModel(clock, 'lost', () => ({
      error: new CallError('bad_request', 'no'),
    }));
    const judge = new ScriptedModel(clock, 'judge', (request) =>
      resultReply(request, { synthesis: 'All of us' }),
    );
    const inner = consortiumOf([judge, judge, lost], {
      ...{ name: 'inner', arbiters: [judge], judging: 'pick-one', maxIterations: 1 },
    });
    const outer = consortiumOf([a!, b!, c!], { arbiters: [consortiumModel(inner)] });
    const bench = consortiumBench(clock, outer, 1);
    await clock.runUntil(bench.run());
    const told = bench.ends.get(0)!.answer.details?.consortium;
    expect(told?.degraded).toContainEqual(
      expect.stringMatching(/^the arbiter inner is degraded: lost#3 is missing: no/),
    );
  });
});
