import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel } from '../../test/support/fake-model.ts';
import { type BenchLane, pumpBench } from '../../test/support/pump-bench.ts';
import { Limiter, type Limits } from './limiter.ts';
import { ModelTurns } from './model-turns.ts';

/** A server that serves one model at a time, and a lane for each. */
function server(clock: FakeClock) {
  const turns = new ModelTurns(clock);
  const served: string[] = [];
  let inFlight = 0;
  let last = '';
  const lane = (name: string, calls: number, limits: Limits = { concurrency: 4 }): BenchLane => {
    const [model = ''] = name.split('@');
    const fake = new FakeModel(clock, () => ({ latencyMs: 100 }), { reference: name });
    const generate = fake.generate.bind(fake);
    fake.generate = async (request, options) => {
      if (inFlight > 0 && last !== model) throw new Error(`${model} is asked beside ${last}`);
      if (last !== model) served.push(model);
      last = model;
      inFlight++;
      return generate(request, options).finally(() => inFlight--);
    };
    return {
      name,
      model: fake,
      calls,
      limits: [turns.seat(model), new Limiter(name, limits, clock.monotonicMs())],
    };
  };
  return { served, lane };
}

describe('models of one server', () => {
  it('are asked one after the other, by name, each until it is done', async () => {
    const clock = new FakeClock();
    const { served, lane } = server(clock);
    const bench = pumpBench(clock, [lane('c', 9), lane('a', 9), lane('b', 9)]);
    const lanes = await clock.runUntil(bench.pump.run());
    expect(served).toEqual(['a', 'b', 'c']);
    expect(lanes.map(({ state, failed }) => [state, failed])).toEqual(Array(3).fill(['done', 0]));
    // Three rounds of four each, and a moment between models.
    expect(clock.monotonicMs()).toBeLessThan(3 * 300 + 100);
    expect(clock.pendingTimers).toBe(0);
  });

  it('share a turn among the lanes of one model', async () => {
    const clock = new FakeClock();
    const { served, lane } = server(clock);
    const bench = pumpBench(clock, [lane('b@1', 8), lane('a@1', 8), lane('a@2', 8)]);
    await clock.runUntil(bench.pump.run());
    expect(served).toEqual(['a', 'b']);
    expect(clock.monotonicMs()).toBeLessThan(450);
  });

  it('keep their turn while a limit of their own makes them wait', async () => {
    const clock = new FakeClock();
    const { served, lane } = server(clock);
    const bench = pumpBench(clock, [lane('a', 5, { requestsPerMinute: 60 }), lane('b', 5)]);
    await clock.runUntil(bench.pump.run());
    expect(served).toEqual(['a', 'b']);
  });

  it('say that they wait for their turn', async () => {
    const clock = new FakeClock();
    const { lane } = server(clock);
    const bench = pumpBench(clock, [lane('a', 20), lane('b', 1)]);
    const done = bench.pump.run();
    await clock.advance(50);
    expect(bench.pump.status()[1]).toMatchObject({ inFlight: 0, waiting: { reason: 'turn' } });
    await clock.runUntil(done);
  });

  it('go on when one that has the turn is told to stop, or fails', async () => {
    const clock = new FakeClock();
    const { served, lane } = server(clock);
    const stopped = pumpBench(clock, [lane('a', 100)]);
    const other = pumpBench(clock, [lane('b', 4)]);
    const both = Promise.all([stopped.pump.run(), other.pump.run()]);
    await clock.advance(150);
    stopped.drain.abort();
    await clock.runUntil(both);
    expect(served).toEqual(['a', 'b']);
    expect(other.answers).toHaveLength(4);
  });

  it('have the turn at once again when nobody else wants it', async () => {
    const clock = new FakeClock();
    const { lane } = server(clock);
    await clock.runUntil(pumpBench(clock, [lane('b', 4), lane('a', 4)]).pump.run());
    const before = clock.monotonicMs();
    await clock.runUntil(pumpBench(clock, [lane('b', 4)]).pump.run());
    expect(clock.monotonicMs() - before).toBe(100);
  });
});
