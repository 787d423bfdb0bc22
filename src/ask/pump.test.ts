import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel } from '../../test/support/fake-model.ts';
import { callsOf, listSource, pumpBench } from '../../test/support/pump-bench.ts';
import type { Answer } from '../core/answer.ts';
import { CallError } from '../core/call-error.ts';
import { Limiter } from '../scheduler/index.ts';
import type { Call } from './call.ts';

const rowsOf = (answers: readonly { key: { row: number } }[]) =>
  answers.map(({ key }) => key.row).sort((a, b) => a - b);
const upTo = (count: number) => Array.from({ length: count }, (_, k) => k);

describe('a pump', () => {
  it('gives every call exactly one answer and leaves nothing behind', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () => ({ latencyMs: 100 }));
    const { pump, answers } = pumpBench(clock, [{ model, calls: 50 }]);
    const [status] = await clock.runUntil(pump.run());
    expect(rowsOf(answers)).toEqual(upTo(50));
    expect(answers[0]).toMatchObject({ status: 'ok', texts: ['answer to 0 0'], attempts: 1 });
    expect(status).toMatchObject({ state: 'done', answered: 50, failed: 0, inFlight: 0 });
    expect(model.mostInFlight).toBe(4);
    expect(clock.monotonicMs()).toBe(1_300);
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends at once without lanes, and with lanes that have no calls', async () => {
    const clock = new FakeClock();
    expect(await clock.runUntil(pumpBench(clock, []).pump.run())).toEqual([]);
    const model = new FakeModel(clock);
    const { pump } = pumpBench(clock, [{ model, calls: 0 }]);
    expect(await clock.runUntil(pump.run())).toMatchObject([{ state: 'done', answered: 0 }]);
  });

  it('takes calls from a source that answers later, one request for a call at a time', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () => ({ latencyMs: 300 }));
    const list = listSource([callsOf({ model, calls: 20 }, 0)]);
    let asked = 0;
    let mostAsked = 0;
    const next = (lane: number) =>
      new Promise<Call | undefined>((resolve) => {
        mostAsked = Math.max(mostAsked, ++asked);
        clock.after(10, () => {
          asked--;
          resolve(list.next(lane) as Call | undefined);
        });
      });
    const { pump, answers } = pumpBench(clock, [{ model, calls: 0 }], {
      source: { next },
    });
    await clock.runUntil(pump.run());
    expect(rowsOf(answers)).toEqual(upTo(20));
    expect(mostAsked).toBe(1);
    expect(model.mostInFlight).toBe(4);
  });

  it('asks follow-up turns before new rows, and does not end a lane before them', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () => ({ latencyMs: 100 }));
    const calls = callsOf({ model, calls: 3 }, 0);
    const answers: Answer[] = [];
    const { pump } = pumpBench(clock, [{ model, calls: 0, limits: { concurrency: 1 } }], {
      source: { next: () => calls.shift() },
      sink: {
        write: (answer, call) => {
          const turn = answers.filter(({ key }) => key.row === call.key.row).push(answer);
          answers.push(answer);
          if (turn < 3) pump.add(0, { ...call, key: { ...call.key, name: `turn/${turn}` } });
        },
      },
    });
    await clock.runUntil(pump.run());
    const order = answers.map(({ key }) => `${key.row}.${key.name.slice(5)}`);
    expect(order).toEqual(['0.0', '0.1', '0.2', '1.0', '1.1', '1.2', '2.0', '2.1', '2.2']);
  });

  it('lets no slow lane hold back a fast one', async () => {
    const clock = new FakeClock();
    const slow = new FakeModel(clock, () => ({ latencyMs: 10_000 }));
    const fast = new FakeModel(clock, () => ({ latencyMs: 10 }));
    const bench = pumpBench(
      clock,
      [
        { model: slow, calls: 8 },
        { model: fast, calls: 400 },
      ],
      { timeoutMs: 60_000 },
    );
    const done = bench.pump.run();
    await clock.advance(1_000);
    expect(bench.pump.status()[1]).toMatchObject({ state: 'done', answered: 400 });
    await clock.runUntil(done);
    expect(clock.monotonicMs()).toBe(20_000);
  });

  it('spends at most 3 % more time than a request limit demands', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () => ({ latencyMs: 20 }));
    const limits = { requestsPerMinute: 6_000, concurrency: 64 };
    const { pump } = pumpBench(clock, [{ model, calls: 3_000, limits }]);
    await clock.runUntil(pump.run());
    expect(clock.monotonicMs() / 30_000).toBeLessThan(1.03);
    const starts = model.requests.map(({ startMs }) => startMs);
    expect(starts.at(-1)! / 30_000).toBeGreaterThan(0.97);
  });

  it('takes tokens into account that a limit has come to count while it runs', async () => {
    const clock = new FakeClock();
    const usage = { input: 500, output: 500, cached: null, reasoning: null };
    const model = new FakeModel(clock, () => ({ latencyMs: 10, generation: { usage } }));
    const limiter = new Limiter('x', { concurrency: 1 }, 0);
    const { pump } = pumpBench(clock, [{ model, calls: 20, limits: [limiter] }]);
    const done = pump.run();
    await clock.advance(5);
    limiter.retune({ concurrency: 1, tokensPerMinute: 60_000 }, clock.monotonicMs());
    await clock.runUntil(done);
    expect(clock.monotonicMs()).toBeGreaterThan(17_000);
    expect(clock.monotonicMs()).toBeLessThan(21_000);
  });

  it('adds up what the answers used and cost', async () => {
    const clock = new FakeClock();
    const usage = { input: 10, output: 3, cached: null, reasoning: null };
    const model = new FakeModel(clock, (text) => ({
      generation: text === '0 0' ? {} : { usage, costUsd: 0.5 },
    }));
    const { pump } = pumpBench(clock, [{ model, calls: 4 }]);
    expect(await clock.runUntil(pump.run())).toMatchObject([
      { inputTokens: 30, outputTokens: 9, costUsd: 1.5, unknownCosts: 1 },
    ]);
  });

  it('gets through 100,000 calls of a model without latency in bounded memory', async () => {
    const clock = new FakeClock();
    let asked = 0;
    const generation = await new FakeModel(clock).generate(
      { messages: [{ role: 'user', content: '' }], parameters: {}, choices: 1 },
      { signal: new AbortController().signal },
    );
    const model = {
      reference: 'fake/quick',
      severalChoices: true,
      generate: () => {
        asked++;
        return Promise.resolve(generation);
      },
    };
    const [call] = callsOf({ model, calls: 1 }, 0);
    let left = 100_000;
    let written = 0;
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const { pump } = pumpBench(clock, [{ model, calls: 0, limits: { concurrency: 64 } }], {
      source: { next: () => (left-- > 0 ? call : undefined) },
      sink: { write: () => void written++ },
    });
    await clock.runUntil(pump.run());
    expect([asked, written]).toEqual([100_000, 100_000]);
    expect((process.memoryUsage().heapUsed - before) / 1e6).toBeLessThan(100);
    expect(clock.pendingTimers).toBe(0);
  });

  it('starts the next call when an answer is kept, not before', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () => ({ latencyMs: 10 }));
    const keep: (() => void)[] = [];
    const { pump } = pumpBench(clock, [{ model, calls: 20, limits: { concurrency: 4 } }], {
      sink: { write: () => new Promise<void>((resolve) => keep.push(resolve)) },
    });
    const done = pump.run();
    await clock.advance(60_000);
    expect(model.requests.length).toBe(4);
    keep.shift()!();
    await clock.advance(60_000);
    expect(model.requests.length).toBe(5);
    while (keep.length > 0 || model.inFlight > 0) {
      for (const resolve of keep.splice(0)) resolve();
      await clock.advance(10);
    }
    await clock.runUntil(done);
    expect(model.requests.length).toBe(20);
  });

  it('takes calls of begun rows for a lane that has no new ones, and ends when it is let go', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () => ({ latencyMs: 10 }));
    let isOver = false;
    const [call] = callsOf({ model, calls: 1 }, 0);
    const { pump, answers } = pumpBench(clock, [], {
      source: { next: () => (isOver ? undefined : 'later') },
    });
    const letGo = pump.hold();
    const done = pump.run();
    await clock.advance(50);
    const lane = pump.addLane({ name: 'late', limiters: [] });
    pump.add(lane, call!);
    await clock.advance(50);
    expect(answers).toHaveLength(1);
    isOver = true;
    pump.wake(lane);
    letGo();
    expect(await clock.runUntil(done)).toMatchObject([
      { name: 'late', state: 'done', answered: 1 },
    ]);
  });

  it('ends a call that is cancelled with that answer, queued or in flight, and no call twice', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () => ({ latencyMs: 1_000 }));
    const calls = callsOf({ model, calls: 3 }, 0);
    const { pump, answers } = pumpBench(clock, [{ model, calls: 0, limits: { concurrency: 1 } }], {
      source: { next: () => undefined },
    });
    for (const call of calls) pump.add(0, call);
    const done = pump.run();
    await clock.advance(100);
    const reason = new CallError('cancelled', 'not needed any more');
    expect([pump.cancel(0, calls[0]!, reason), pump.cancel(0, calls[2]!, reason)]).toEqual([
      true,
      true,
    ]);
    await clock.advance(100);
    expect(pump.cancel(0, calls[0]!, reason)).toBe(false);
    expect(await clock.runUntil(done)).toMatchObject([{ state: 'done', answered: 3, retries: 0 }]);
    const ends = answers.map(({ key, error, attempts }) => [key.row, error?.code, attempts]);
    expect(ends).toEqual([
      [2, 'cancelled', 0],
      [0, 'cancelled', 1],
      [1, undefined, 1],
    ]);
    expect(clock.monotonicMs()).toBe(1_100);
  });
});
