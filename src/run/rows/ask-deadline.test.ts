import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeModel } from '../../../test/support/fake-model.ts';
import { FakeJournal, workflowBench } from '../../../test/support/workflow-bench.ts';
import { CallError } from '../../core/call-error.ts';
import type { JsonValue } from '../../core/json.ts';
import type { CompositeModel, Model } from '../../core/model.ts';
import { LaneFailure, textOf, type Workflow } from '../../core/workflow.ts';

const question = { messages: [{ role: 'user', content: 'Which?' }] };

function asking(model: Model, deadlineMs: number): Workflow<number, JsonValue> {
  return async (_, { ask }) => {
    const { error, texts } = await ask('x', model, question, { deadlineMs });
    return error?.code ?? texts[0]!;
  };
}

describe('a call with a deadline', () => {
  it('ends by then, tries and waits included, and is not asked again when the run goes on', async () => {
    const clock = new FakeClock();
    const busy = new CallError('bad_request', 'again', { retryable: true });
    const model = new FakeModel(clock, () => ({ latencyMs: 400, error: busy }));
    const rows = [asking(model, 1000)];
    const bench = workflowBench({ clock, rows, attempts: 100 });
    await clock.runUntil(bench.run());
    expect(bench.ends.get(0)!.result).toBe('deadline_passed');
    expect(clock.monotonicMs()).toBeLessThanOrEqual(1100);
    const asked = model.requests.length;
    const journal = new FakeJournal(bench.journal.lines.slice(0, -1));
    const next = workflowBench({ clock, rows, journal });
    await clock.runUntil(next.run());
    expect(next.ends.get(0)!.result).toBe('deadline_passed');
    expect(model.requests).toHaveLength(asked);
  });

  it('has all of its time from its turn on, when it stands behind others that are answered', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () => ({ latencyMs: 700 }));
    const rows = Array.from({ length: 12 }, () => asking(model, 1000));
    const bench = workflowBench({ clock, rows, limits: () => ({ concurrency: 1 }) });
    await clock.runUntil(bench.run());
    expect(new Set([...bench.ends.values()].map(({ result }) => result))).toEqual(
      new Set(['answer to Which?']),
    );
  });

  it('does not wait for its turn in a lane where nothing is answered', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () => ({ hangs: true }));
    const rows = Array.from({ length: 3 }, () => asking(model, 1000));
    const bench = workflowBench({ clock, rows, limits: () => ({ concurrency: 1 }) });
    await clock.runUntil(bench.run());
    expect([...bench.ends.values()].map(({ result }) => result)).toEqual(
      Array(3).fill('deadline_passed'),
    );
    expect(clock.monotonicMs()).toBeLessThanOrEqual(1300);
  });

  it('is gone on with later where its lane has ended', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () => ({ error: new CallError('unauthorized', 'no') }));
    const bench = workflowBench({ clock, rows: [asking(model, 1000)] });
    await clock.runUntil(bench.run());
    expect(bench.ends.size).toBe(0);
    expect(bench.journal.lines).toEqual([]);
  });
});

describe('a composite model with a deadline', () => {
  it('ends each of its calls by then, those that it has not asked yet, too', async () => {
    const clock = new FakeClock();
    const quick = new FakeModel(clock, () => ({ latencyMs: 600 }), { reference: 'quick' });
    const slow = new FakeModel(clock, () => ({ hangs: true }), { reference: 'slow' });
    const codes: unknown[] = [];
    const composite: CompositeModel = {
      reference: 'both',
      severalChoices: false,
      models: [quick, slow],
      workflow: async (request, { ask }) => {
        for (const [at, model] of [quick, slow, quick].entries()) {
          codes.push((await ask(`${at}`, model, request)).error?.code);
        }
        const nothing = { finishReason: 'stop', model: null, costUsd: null, requestId: null };
        return {
          ...nothing,
          texts: ['done'],
          usage: { input: 0, cached: 0, output: 0, reasoning: 0 },
        };
      },
    };
    const rows = [asking(composite, 1000)];
    const bench = workflowBench({ clock, rows });
    await clock.runUntil(bench.run());
    expect(codes).toEqual([undefined, 'deadline_passed', 'deadline_passed']);
    expect(clock.monotonicMs()).toBeLessThanOrEqual(1200);
    codes.length = 0;
    const next = workflowBench({
      clock,
      rows,
      journal: new FakeJournal(bench.journal.lines.slice(0, -1)),
    });
    await clock.runUntil(next.run());
    expect(codes).toEqual([undefined, 'deadline_passed', 'deadline_passed']);
    expect(quick.requests).toHaveLength(1);
  });
});

it('a workflow that throws a LaneFailure leaves its row open, however long it is waited for', async () => {
  const clock = new FakeClock();
  const bad = new FakeModel(clock, () => ({ error: new CallError('unauthorized', 'no') }));
  const row: Workflow<number, JsonValue> = async (_, { ask }) => {
    const answer = await ask('x', bad, question, { optional: true });
    if (answer.laneEnded && answer.error) throw new LaneFailure(answer.error);
    return textOf(answer);
  };
  const bench = workflowBench({ clock, rows: [row, row], rowTimeoutMs: 1000 });
  const done = bench.run();
  await clock.advance(5000);
  await clock.runUntil(done);
  expect(bench.ends.size).toBe(0);
});

it('a lane that was asked to wait ends when nobody will ask it any more', async () => {
  const clock = new FakeClock();
  const refusal = new CallError('rate_limited', 'wait', { httpStatus: 429, retryAfterMs: 60_000 });
  const model = new FakeModel(clock, () => ({ error: refusal }));
  const bench = workflowBench({ clock, rows: [asking(model, 1000)] });
  await clock.runUntil(bench.run());
  expect(bench.ends.get(0)!.result).toBe('deadline_passed');
  expect(clock.monotonicMs()).toBeLessThan(2000);
});
