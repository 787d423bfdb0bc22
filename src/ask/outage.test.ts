import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel, type FakeReply } from '../../test/support/fake-model.ts';
import { pumpBench } from '../../test/support/pump-bench.ts';
import { CallError, type CallErrorDetails } from '../core/call-error.ts';
import type { CallErrorCode } from '../core/error-catalogue.ts';

const fail = (code: CallErrorCode, details: CallErrorDetails = {}, latencyMs = 10): FakeReply => ({
  error: new CallError(code, `it is ${code}`, details),
  latencyMs,
});
const good: FakeReply = { latencyMs: 10 };

describe('a server that cannot be reached', () => {
  it('fails its lane within 3 seconds if it never was, however the dice fall', async () => {
    for (const [draw, latencyMs] of [
      [0, 1],
      [0.9, 1],
      [0.999, 1],
      [0.5, 900],
      [0.5, 2_900],
    ] as const) {
      const clock = new FakeClock();
      const model = new FakeModel(clock, () => fail('dns_failed', {}, latencyMs));
      const fine = new FakeModel(clock, () => good);
      const bench = pumpBench(
        clock,
        [
          { model, calls: 1_000, limits: { concurrency: 64 } },
          { model: fine, calls: 5 },
        ],
        { random: () => draw },
      );
      const lanes = await clock.runUntil(bench.pump.run());
      expect(lanes).toMatchObject([
        { state: 'failed', answered: 0, error: { code: 'dns_failed' } },
        { state: 'done' },
      ]);
      expect(clock.monotonicMs()).toBeLessThanOrEqual(3_000);
    }
  });

  it('costs no call its answer when it comes back after 10 seconds; one call at a time looks', async () => {
    for (const away of ['connection_failed', 'connection_reset'] as const) {
      const clock = new FakeClock();
      let looks = 0;
      let looking = 0;
      let mostLooking = 0;
      const model = new FakeModel(clock, () => {
        const nowMs = clock.monotonicMs();
        if (nowMs < 1_000 || nowMs >= 11_000) return { latencyMs: 50 };
        if (nowMs >= 1_100) {
          looks++;
          mostLooking = Math.max(mostLooking, ++looking);
          clock.after(10, () => looking--);
        }
        return fail(looks > 0 && looks % 2 === 0 ? away : 'connection_failed');
      });
      const bench = pumpBench(clock, [{ model, calls: 2_000, limits: { concurrency: 32 } }], {
        attempts: 2,
      });
      const done = bench.pump.run();
      await clock.advance(8_000);
      expect(bench.pump.status()[0]?.waiting?.reason).toBe('unreachable');
      expect(await clock.runUntil(done)).toMatchObject([{ state: 'done', failed: 0 }]);
      expect(mostLooking).toBe(1);
      expect(looks).toBeGreaterThan(2);
      expect(looks).toBeLessThan(30);
      expect(bench.answers).toHaveLength(2_000);
    }
  });

  it('fails a lane that had reached it only after two minutes', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () =>
      clock.monotonicMs() < 500 ? good : fail('connection_failed'),
    );
    const { pump } = pumpBench(clock, [{ model, calls: 10_000 }]);
    expect(await clock.runUntil(pump.run())).toMatchObject([{ state: 'failed' }]);
    expect(clock.monotonicMs()).toBeGreaterThan(115_000);
    expect(clock.monotonicMs()).toBeLessThan(125_000);
  });
});
