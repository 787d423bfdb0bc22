import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel } from '../../test/support/fake-model.ts';
import { callsOf, listSource, pumpBench } from '../../test/support/pump-bench.ts';
import { CallError } from '../core/call-error.ts';
import type { SimpleModel } from '../core/model.ts';
import type { Call } from './call.ts';

const rowsOf = (answers: readonly { key: { row: number } }[]) =>
  answers.map(({ key }) => key.row).sort((a, b) => a - b);
const upTo = (count: number) => Array.from({ length: count }, (_, k) => k);

describe('a pump', () => {
  it('starts nothing when it is told to stop before it runs', async () => {
    for (const how of ['drain', 'abort'] as const) {
      const clock = new FakeClock();
      const model = new FakeModel(clock);
      const bench = pumpBench(clock, [{ model, calls: 5 }]);
      bench[how].abort();
      const [status] = await clock.runUntil(bench.pump.run());
      expect(status?.state).toBe('stopped');
      expect(model.requests).toEqual([]);
    }
  });

  it('drains: what is in flight is answered, nothing new starts, a back-off is not waited for', async () => {
    const clock = new FakeClock();
    const blocked = new FakeModel(clock, () => ({
      error: new CallError('rate_limited', 'slow', { retryAfterMs: 3_600_000 }),
    }));
    const model = new FakeModel(clock, () => ({ latencyMs: 1_000 }));
    const bench = pumpBench(clock, [
      { model, calls: 100 },
      { model: blocked, calls: 100 },
    ]);
    const done = bench.pump.run();
    await clock.advance(1_500);
    bench.drain.abort();
    const lanes = await clock.runUntil(done);
    expect(lanes.map(({ state }) => state)).toEqual(['stopped', 'stopped']);
    expect(model.requests).toHaveLength(8);
    expect(rowsOf(bench.answers)).toEqual(upTo(8));
    expect(clock.monotonicMs()).toBe(2_000);
    expect(clock.pendingTimers).toBe(0);
  });

  it('aborts at once: calls in flight have no answer, no timer is left', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, (text) => ({ latencyMs: text < '0 2' ? 100 : 5_000 }));
    const bench = pumpBench(clock, [{ model, calls: 100 }]);
    const done = bench.pump.run();
    await clock.advance(1_000);
    const answeredBefore = bench.answers.length;
    bench.abort.abort();
    const [status] = await clock.runUntil(done);
    expect(clock.monotonicMs()).toBe(1_000);
    expect(status).toMatchObject({ state: 'stopped', inFlight: 0 });
    expect(bench.answers).toHaveLength(answeredBefore);
    expect(model.inFlight).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not call a lane stopped that had finished before the stop, or finishes in spite of it', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, (text) => ({
      latencyMs: { q: 10, l: 1_000, m: 1_000 }[text[0]!],
    }));
    const bench = pumpBench(clock, [
      { name: 'quick', model, calls: 3 },
      { name: 'last', model, calls: 2 },
      { name: 'many', model, calls: 9 },
    ]);
    const done = bench.pump.run();
    await clock.advance(500);
    bench.drain.abort();
    const lanes = await clock.runUntil(done);
    expect(lanes.map(({ state }) => state)).toEqual(['done', 'done', 'stopped']);
    expect(lanes.map(({ answered }) => answered)).toEqual([3, 2, 4]);
  });

  it('ends in spite of a model that takes no notice of time-outs and of the abort', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, (text) => ({
      hangs: true,
      ignoresAbort: true,
      deltas: text === '0 0' ? ['too late'] : [],
    }));
    const bench = pumpBench(clock, [{ model, calls: 6 }], {
      ...{ attempts: 1, timeoutMs: 2_000, everyTryCounts: true },
    });
    const done = bench.pump.run();
    await clock.advance(2_500);
    expect(bench.answers.map(({ error }) => error?.code)).toEqual(Array(4).fill('timeout'));
    expect(model.requests).toHaveLength(6);
    bench.abort.abort();
    expect(await clock.runUntil(done)).toMatchObject([{ state: 'stopped', answered: 4 }]);
    expect(clock.monotonicMs()).toBe(2_600);
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends in time what throws when it hears of the end', async () => {
    const clock = new FakeClock();
    const model: SimpleModel = {
      ...{ reference: 'fake/throwing', severalChoices: false },
      generate: (_, options) => {
        options.onStop?.(() => {
          throw new Error('heard');
        });
        return new Promise(() => {});
      },
    };
    const [call] = callsOf({ model: new FakeModel(clock), calls: 1 }, 0);
    const { pump, answers } = pumpBench(clock, [{ model: new FakeModel(clock), calls: 0 }], {
      source: { next: () => undefined },
      everyTryCounts: true,
    });
    pump.add(0, { ...call!, model, attempts: 1, timeoutMs: 500 });
    await clock.runUntil(pump.run());
    expect(answers.map(({ error }) => error?.code)).toEqual(['timeout']);
  });

  it('ends a call that was cancelled, or had no more time, with that, whatever its model says then', async () => {
    const clock = new FakeClock();
    const words = [new Error('AbortError'), new CallError('server_error', 'just then')];
    let asked = 0;
    const model: SimpleModel = {
      ...{ reference: 'fake/abrupt', severalChoices: false },
      generate: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          const word = words[asked++ % 2];
          signal.addEventListener('abort', () => reject(word));
        }),
    };
    const calls = callsOf({ model: new FakeModel(clock), calls: 4 }, 0).map((call, k) => ({
      ...call,
      ...{ model, attempts: k < 2 ? 3 : 1, timeoutMs: k < 2 ? 9_000 : 500 },
    }));
    const { pump, answers } = pumpBench(clock, [{ model: new FakeModel(clock), calls: 0 }], {
      source: { next: () => undefined },
      everyTryCounts: true,
    });
    for (const call of calls) pump.add(0, call);
    const done = pump.run();
    await clock.advance(1_000);
    for (const call of calls.slice(0, 2)) {
      pump.cancel(0, call, new CallError('cancelled', 'not needed'));
    }
    await clock.runUntil(done);
    const ends = answers.map(({ key, error }) => [key.row, error?.code]);
    expect(ends.sort()).toEqual([
      [0, 'cancelled'],
      [1, 'cancelled'],
      [2, 'timeout'],
      [3, 'timeout'],
    ]);
    expect(asked).toBe(4);
    expect(clock.pendingTimers).toBe(0);
  });

  it('stops everything when an answer cannot be kept, and rejects with that error', async () => {
    const clock = new FakeClock();
    const disk = new Error('disk full');
    let writes = 0;
    let askedWhenBroken = 0;
    const model = new FakeModel(clock, () => ({ latencyMs: 100 }));
    const other = new FakeModel(clock, () => ({ latencyMs: 70, ignoresAbort: true }));
    const { pump } = pumpBench(
      clock,
      [
        { model, calls: 50 },
        { model: other, calls: 50 },
      ],
      {
        sink: {
          write: async () => {
            if (++writes < 10) return;
            askedWhenBroken ||= model.requests.length + other.requests.length;
            throw disk;
          },
        },
      },
    );
    await expect(clock.runUntil(pump.run())).rejects.toBe(disk);
    // One more may have taken the place that the lost answer had left.
    expect(model.requests.length + other.requests.length).toBeLessThanOrEqual(askedWhenBroken + 1);
    expect(model.inFlight).toBe(0);
  });

  it('rejects when a source fails, whether it throws or rejects, at the start or later', async () => {
    const broken = new Error('cannot read');
    const ways = [
      () => {
        throw broken;
      },
      () => Promise.reject(broken),
    ];
    for (const way of ways) {
      for (const good of [0, 5]) {
        const clock = new FakeClock();
        const model = new FakeModel(clock, () => ({ latencyMs: 100 }));
        const list = listSource([callsOf({ model, calls: good }, 0)]);
        const { pump } = pumpBench(clock, [{ model, calls: 0 }], {
          source: { next: (lane) => list.next(lane) ?? way() },
        });
        await expect(clock.runUntil(pump.run())).rejects.toBe(broken);
        expect(clock.pendingTimers).toBe(0);
      }
    }
  });

  it('rejects when the sink throws at once, for calls that were sent and those given up', async () => {
    for (const retryAfterMs of [undefined, 60_000]) {
      const clock = new FakeClock();
      const refused = new CallError('rate_limited', 'slow', { retryAfterMs });
      const model = new FakeModel(clock, () => (retryAfterMs ? { error: refused } : {}));
      const broken = new Error('no room');
      const { pump } = pumpBench(clock, [{ model, calls: 9 }], {
        longestWaitMs: 1_000,
        sink: {
          write: () => {
            throw broken;
          },
        },
      });
      await expect(clock.runUntil(pump.run())).rejects.toBe(broken);
      expect(clock.pendingTimers).toBe(0);
    }
  });

  it('neither waits for nor asks a call that the source still owes when it is told to stop', async () => {
    const ways = ['never', 'late', 'rejects'] as const;
    for (const way of ways) {
      const clock = new FakeClock();
      const model = new FakeModel(clock, () => ({ latencyMs: 1_000 }));
      const [first, second] = callsOf({ model, calls: 2 }, 0);
      let given = false;
      const owed = new Promise<Call | undefined>((resolve, reject) => {
        if (way === 'late') clock.after(700, () => resolve(second));
        if (way === 'rejects') clock.after(700, () => reject(new Error('closed')));
      });
      const next = () => {
        if (given) return owed;
        given = true;
        return first;
      };
      const bench = pumpBench(clock, [{ model, calls: 0 }], {
        source: { next },
      });
      const done = bench.pump.run();
      await clock.advance(500);
      bench.drain.abort();
      expect(await clock.runUntil(done)).toMatchObject([{ state: 'stopped', answered: 1 }]);
      expect(model.requests).toHaveLength(1);
    }
  });
});
