import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel, type FakeReply } from '../../test/support/fake-model.ts';
import { pumpBench } from '../../test/support/pump-bench.ts';
import { CallError, type CallErrorDetails } from '../core/call-error.ts';
import type { CallErrorCode } from '../core/error-catalogue.ts';
import type { SimpleModel } from '../core/model.ts';
import { Limiter } from '../scheduler/index.ts';

const fail = (code: CallErrorCode, details: CallErrorDetails = {}, latencyMs = 10): FakeReply => ({
  error: new CallError(code, `it is ${code}`, details),
  latencyMs,
});
const good: FakeReply = { latencyMs: 10 };

describe('a failed try', () => {
  it('is made again after a jittered wait of its own, while other calls go on', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, (text, number) =>
      text === '0 0' && number < 3 ? fail('server_error', { httpStatus: 500 }) : good,
    );
    const { pump, answers } = pumpBench(clock, [{ model, calls: 30, limits: { concurrency: 2 } }]);
    const [status] = await clock.runUntil(pump.run());
    expect(status).toMatchObject({ state: 'done', answered: 30, failed: 0, retries: 2 });
    expect(answers.at(-1)).toMatchObject({ key: { row: 0 }, status: 'ok', attempts: 3 });
    const [first, second, third] = model.requests.filter(({ text }) => text === '0 0');
    const waitsMs = [second!.startMs - first!.startMs - 10, third!.startMs - second!.startMs - 10];
    expect(waitsMs[0]).toBeGreaterThanOrEqual(250);
    expect(waitsMs[0]).toBeLessThanOrEqual(500);
    expect(waitsMs[1]).toBeGreaterThanOrEqual(500);
    expect(waitsMs[1]).toBeLessThanOrEqual(1_000);
    const others = model.requests.filter(({ text }) => text !== '0 0');
    expect(others.at(-1)!.startMs).toBeLessThan(200);
  });

  it('is the answer when it was the last one allowed, or when trying again cannot help', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, (text, number) => {
      if (text === '0 0') return fail(number < 3 ? 'overloaded' : 'response_empty');
      if (text === '0 1') return fail('bad_request', { httpStatus: 400 });
      return { error: new TypeError('oops') };
    });
    const { pump, answers } = pumpBench(clock, [{ model, calls: 3 }]);
    const [status] = await clock.runUntil(pump.run());
    const byRow = answers.toSorted((a, b) => a.key.row - b.key.row);
    expect(byRow.map(({ error, attempts }) => [error?.code, attempts])).toEqual([
      ['response_empty', 3],
      ['bad_request', 1],
      ['internal', 1],
    ]);
    expect(byRow[2]?.error?.message).toContain('oops');
    expect(status).toMatchObject({ state: 'done', answered: 3, failed: 3, retries: 2 });
  });

  it('waits as long as its own Retry-After says', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, (_, number) =>
      number === 1 ? fail('overloaded', { httpStatus: 503, retryAfterMs: 90_000 }) : good,
    );
    await clock.runUntil(pumpBench(clock, [{ model, calls: 1 }]).pump.run());
    expect(model.requests[1]?.startMs).toBe(90_010);
  });

  it('counts a time-out as a try, whatever the model says of it', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, (_, number) => (number < 3 ? { hangs: true } : good));
    const { pump, answers } = pumpBench(clock, [{ model, calls: 2 }], { timeoutMs: 3_000 });
    await clock.runUntil(pump.run());
    expect(answers.map(({ status, attempts }) => [status, attempts])).toEqual([
      ['ok', 3],
      ['ok', 3],
    ]);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a call whose files are brought first', () => {
  it('has its whole time from then on, and its latency counts from then', async () => {
    const clock = new FakeClock();
    const slow = new FakeModel(clock, () => ({ latencyMs: 2_000 }));
    const never = new FakeModel(clock, () => ({ hangs: true }));
    const prepared = (model: FakeModel): SimpleModel => ({
      reference: model.reference,
      severalChoices: false,
      generate: async (request, options) => {
        options.onPreparing?.(true);
        await new Promise<void>((resolve) => clock.after(60_000, resolve));
        options.onPreparing?.(false);
        return model.generate(request, options);
      },
    });
    const lanes = [slow, never].map((model) => ({ model: prepared(model), calls: 1 }));
    const { pump, answers } = pumpBench(clock, lanes, { timeoutMs: 3_000, attempts: 1 });
    await clock.runUntil(pump.run());
    expect(answers.map(({ error, latencyMs }) => [error?.code ?? 'ok', latencyMs])).toEqual([
      ['ok', 2_000],
      ['timeout', 3_000],
    ]);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('an endpoint that asks to slow down', () => {
  it('uses up no attempt, and is left alone until the later of its deadlines by the lane that it refused', async () => {
    const clock = new FakeClock();
    const limiter = new Limiter('account', { concurrency: 8 }, 0);
    const told = [5_000, 20_000, 1_000];
    const model = new FakeModel(clock, (text, number) => {
      const row = Number(text.split(' ')[1]);
      return text[0] === 'a' && row < 3 && number <= 6 && clock.monotonicMs() < 100
        ? fail('rate_limited', { httpStatus: 429, retryAfterMs: told[row]! }, 10 + row)
        : { latencyMs: 50 };
    });
    const bench = pumpBench(
      clock,
      [
        { name: 'a', model, calls: 20, limits: [limiter] },
        { name: 'b', model, calls: 20, limits: [limiter] },
      ],
      { attempts: 1 },
    );
    const lanes = await clock.runUntil(bench.pump.run());
    expect(lanes.map(({ answered, failed }) => [answered, failed])).toEqual([
      [20, 0],
      [20, 0],
    ]);
    const firstLater = (lane: string) =>
      model.requests.find(({ text, startMs }) => text[0] === lane && startMs > 10)!.startMs;
    expect(firstLater('a')).toBe(20_011);
    expect(firstLater('b')).toBeLessThanOrEqual(50);
  });

  it('is asked less and less often when it gives no time, or one that is rounded down to nothing', async () => {
    for (const retryAfterMs of [undefined, 0]) {
      const clock = new FakeClock();
      const model = new FakeModel(clock, () =>
        clock.monotonicMs() < 100_000
          ? fail('rate_limited', { httpStatus: 429, retryAfterMs })
          : good,
      );
      const { pump, answers } = pumpBench(clock, [{ model, calls: 12 }]);
      await clock.runUntil(pump.run());
      expect(answers.every(({ status }) => status === 'ok')).toBe(true);
      expect(model.requests.length).toBeLessThan(12 + 4 * 14);
    }
  });

  it('is not left alone for longer because of calls that were sent before its word', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, (text, number) =>
      number === 1 && Number(text.slice(2)) < 4
        ? fail('rate_limited', { httpStatus: 429 }, 10 + 200 * Number(text.slice(2)))
        : good,
    );
    const { pump } = pumpBench(clock, [{ model, calls: 8 }]);
    await clock.runUntil(pump.run());
    const next = model.requests[4]!.startMs;
    expect(next).toBeLessThanOrEqual(1_010);
  });

  it('keeps its pace when each round lets some calls through', async () => {
    const clock = new FakeClock();
    let freeAtMs = 0;
    let left = 10;
    const model = new FakeModel(clock, () => {
      if (clock.monotonicMs() >= freeAtMs) {
        freeAtMs = clock.monotonicMs() + 1_000;
        left = 10;
      }
      const latencyMs = left > 5 ? 10 : 30;
      return left-- > 0
        ? { latencyMs }
        : fail('rate_limited', { httpStatus: 429, retryAfterMs: 1_000 }, 20);
    });
    const { pump } = pumpBench(clock, [{ model, calls: 200, limits: { concurrency: 16 } }]);
    await clock.runUntil(pump.run());
    expect(clock.monotonicMs()).toBeLessThan(23_000);
  });
});

describe('a lane that cannot go on', () => {
  it('leaves its other calls unanswered, and lets the other lanes finish', async () => {
    const states = { unauthorized: 'failed', model_not_found: 'failed', quota_exhausted: 'parked' };
    for (const [code, state] of Object.entries(states)) {
      const clock = new FakeClock();
      const bad = new FakeModel(clock, (text) =>
        text === '0 2' ? fail(code as CallErrorCode, { httpStatus: 401 }) : { latencyMs: 20 },
      );
      const fine = new FakeModel(clock, () => good);
      const { pump, answers } = pumpBench(clock, [
        { model: bad, calls: 100 },
        { model: fine, calls: 100 },
      ]);
      const lanes = await clock.runUntil(pump.run());
      expect(lanes).toMatchObject([
        { state, answered: 3, failed: 0, error: { code } },
        { state: 'done', answered: 100, error: null },
      ]);
      expect(bad.requests).toHaveLength(4);
      expect(answers.some(({ key }) => key.row === 2)).toBe(false);
      expect(clock.pendingTimers).toBe(0);
    }
  });

  it('says until when its quota is used up, where the server does', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () =>
      fail('quota_exhausted', { httpStatus: 429, retryAfterMs: 8 * 3_600_000, hint: 'pay' }),
    );
    const { pump, unkept } = pumpBench(clock, [{ model, calls: 9 }]);
    const [lane] = await clock.runUntil(pump.run());
    expect(lane).toMatchObject({ state: 'parked', error: { hint: 'pay' } });
    const told = 'used up until 2026-01-01 08:00:00 UTC: it is quota_exhausted';
    expect(lane?.error?.message).toBe(told);
    // So are those told who asked.
    expect(unkept.map(({ error }) => error?.message)).toContain(told);
  });

  it('does not include one whose model has answered before and is not found once', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, (text) =>
      text === '0 9' ? fail('model_not_found', { httpStatus: 404 }) : good,
    );
    const { pump } = pumpBench(clock, [{ model, calls: 20 }]);
    expect(await clock.runUntil(pump.run())).toMatchObject([
      { state: 'done', answered: 20, failed: 1 },
    ]);
  });

  it('tells its failing calls their error as an answer that is not kept', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () => fail('unauthorized', { httpStatus: 401 }));
    const { pump, answers, unkept } = pumpBench(clock, [{ model, calls: 9 }]);
    await clock.runUntil(pump.run());
    expect(answers).toEqual([]);
    const sent = unkept.filter(({ attempts }) => attempts > 0);
    expect(sent.map(({ error }) => error?.code)).toEqual(Array(4).fill('unauthorized'));
  });
});

describe('the longest wait', () => {
  it('fails a call that its endpoint asks to wait for longer, with the last error', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () =>
      fail('rate_limited', { httpStatus: 429, retryAfterMs: 61_000 }),
    );
    const { pump, answers } = pumpBench(clock, [{ model, calls: 1 }], { longestWaitMs: 60_000 });
    await clock.runUntil(pump.run());
    expect(answers).toMatchObject([{ status: 'error', error: { code: 'rate_limited' } }]);
    expect(answers[0]?.error?.message).toBe(
      'asked to wait until 2026-01-01 00:01:01 UTC: it is rate_limited',
    );
    expect(answers[0]?.error?.hint).toContain('--max-wait');
    expect(clock.monotonicMs()).toBe(10);
  });

  it('fails the calls behind it too, which were never sent, and says so', async () => {
    const clock = new FakeClock();
    const limiter = new Limiter('account', { concurrency: 1 }, 0);
    const model = new FakeModel(clock, () =>
      fail('rate_limited', { httpStatus: 429, retryAfterMs: 3_600_000 }),
    );
    const { pump, answers } = pumpBench(
      clock,
      [
        { model, calls: 3, limits: [limiter] },
        { model, calls: 3, limits: [limiter] },
      ],
      { longestWaitMs: 60_000 },
    );
    const lanes = await clock.runUntil(pump.run());
    expect(lanes.map(({ state, failed }) => [state, failed])).toEqual([
      ['done', 3],
      ['done', 3],
    ]);
    const codes = answers.map(({ error, attempts }) => [error?.code, attempts]);
    const ofLane = [
      ['rate_limited', 1],
      ['not_sent', 0],
      ['not_sent', 0],
    ];
    expect(codes.toSorted()).toEqual([...ofLane, ...ofLane].toSorted());
    expect(answers.find(({ attempts }) => attempts === 0)?.startedAt).toMatch(/^2026/);
    expect(clock.monotonicMs()).toBeLessThanOrEqual(20);
  });

  it('does not count the wait for the user’s own limits', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () => good);
    const { pump, answers } = pumpBench(
      clock,
      [{ model, calls: 5, limits: { requestsPerMinute: 1 } }],
      { longestWaitMs: 10_000 },
    );
    await clock.runUntil(pump.run());
    expect(answers.every(({ status }) => status === 'ok')).toBe(true);
  });
});
