import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { type WorkflowBenchOptions, workflowBench } from '../../../test/support/workflow-bench.ts';
import { CallError } from '../../core/call-error.ts';
import { isJsonObject } from '../../core/json.ts';
import type { Model } from '../../core/model.ts';
import { textOf } from '../../core/workflow.ts';
import type { Consortium } from './consortium.ts';
import { consortiumModel } from './consortium-model.ts';
import { resultReply, ScriptedModel } from './talking-member.test-support.ts';

function consortiumOf(members: readonly Model[], more: Partial<Consortium> = {}): Consortium {
  return {
    name: 'team',
    members: members.map((model, at) => ({ id: `${model.reference}#${at + 1}`, model })),
    ...{ arbiters: [], judging: 'synthesis', strategies: [], confidenceThreshold: 0.8 },
    ...{ maxIterations: 3, minIterations: 1, memberTimeoutMs: 120_000, all: false, seed: 0 },
    quorum: Math.floor(members.length / 2) + 1,
    ...more,
  };
}

function run(clock: FakeClock, consortium: Consortium, more: Partial<WorkflowBenchOptions> = {}) {
  const model = consortiumModel(consortium);
  const bench = workflowBench({
    clock,
    rows: [
      async (_, { ask }) =>
        textOf(await ask('turn/0', model, { messages: [{ role: 'user', content: 'Which?' }] })),
    ],
    models: [model],
    ...more,
  });
  return bench;
}

describe('a consortium', () => {
  it('answers with the synthesis of its arbiter, and says how it came to it', async () => {
    const clock = new FakeClock();
    const members = ['a', 'b', 'c'].map(
      (name) => new ScriptedModel(clock, name, () => `I, ${name}`),
    );
    const arbiter = new ScriptedModel(clock, 'judge', (request) =>
      resultReply(request, { synthesis: 'All of us' }),
    );
    const bench = run(clock, consortiumOf(members, { arbiters: [arbiter] }));
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
    const bench = run(clock, consortiumOf(members, { arbiters: [arbiter] }));
    await clock.runUntil(bench.run());
    const told = bench.ends.get(0)!.answer.details?.consortium;
    expect(told).toMatchObject({
      status: 'degraded',
      degraded: ['b#2 is missing: no\\x1b[2J'],
      answered: 2,
      failed: 1,
    });
  });
});
