import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { PLAIN_GENERATION } from '../../test/support/fake-model.ts';
import { pumpBench } from '../../test/support/pump-bench.ts';
import { CallError } from '../core/call-error.ts';
import type { GenerateOptions, GenerateRequest, Generation, SimpleModel } from '../core/model.ts';

/**
 * A model that tells of a piece after each of these silences, and then answers, unless it falls silent for ever. Where it
 * keeps its connection alive it gives signs of life, at these distances.
 */
class FlowingModel implements SimpleModel {
  readonly reference = 'flowing';
  readonly severalChoices = false;
  readonly #clock: FakeClock;
  readonly #silencesMs: readonly number[];
  readonly #aliveEveryMs: number;
  tries = 0;

  constructor(clock: FakeClock, silencesMs: readonly number[], aliveEveryMs: number) {
    this.#clock = clock;
    this.#silencesMs = silencesMs;
    this.#aliveEveryMs = aliveEveryMs;
  }

  generate(_: GenerateRequest, options: GenerateOptions): Promise<Generation> {
    const { onPiece, onSignOfLife, signal } = options;
    this.tries++;
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      const live = () => {
        if (signal.aborted) return;
        onSignOfLife?.();
        this.#clock.after(this.#aliveEveryMs, live);
      };
      if (this.#aliveEveryMs > 0) this.#clock.after(this.#aliveEveryMs, live);
      const next = (index: number) => {
        const silenceMs = this.#silencesMs[index];
        if (silenceMs === undefined) resolve(PLAIN_GENERATION);
        else if (Number.isFinite(silenceMs)) {
          this.#clock.after(silenceMs, () => {
            onPiece?.();
            next(index + 1);
          });
        }
      };
      next(0);
    });
  }
}

async function askOnce(silencesMs: readonly number[], aliveEveryMs = 0, timeoutMs = 10_000) {
  const clock = new FakeClock();
  const model = new FlowingModel(clock, silencesMs, aliveEveryMs);
  const options = { timeoutMs, idleTimeoutMs: 30_000, attempts: 1 };
  const { pump, answers } = pumpBench(clock, [{ model, calls: 1 }], options);
  await clock.runUntil(pump.run());
  return { answer: answers[0]!, tries: model.tries, clock };
}

describe('a stream', () => {
  it('that flows is never cut, however long it takes', async () => {
    const { answer, clock } = await askOnce([9_000, ...Array.from({ length: 50 }, () => 29_000)]);
    expect([answer.status, clock.pendingTimers]).toEqual(['ok', 0]);
    expect(answer.latencyMs).toBeGreaterThan(1_000_000);
  });

  it('has the time-out of any call until its first piece', async () => {
    const { answer } = await askOnce([11_000]);
    expect(answer.error?.code).toBe('timeout');
    expect(answer.latencyMs).toBeLessThan(11_000);
  });

  it('that falls silent has failed, and says so', async () => {
    const { answer, clock } = await askOnce([1_000, 29_000, Number.POSITIVE_INFINITY]);
    expect(answer.error).toMatchObject({
      code: 'timeout',
      message: 'the stream was silent for 30 s',
      hint: expect.stringContaining('--idle-timeout'),
    });
    expect(clock.pendingTimers).toBe(0);
  });

  it('that only keeps its connection alive has as long as a call has', async () => {
    const kept = await askOnce([1_000, 80_000, 90_000], 20_000, 100_000);
    expect(kept.answer.status).toBe('ok');
    const hung = await askOnce([1_000, Number.POSITIVE_INFINITY], 20_000, 100_000);
    expect(hung.answer.error).toMatchObject({
      code: 'timeout',
      message: 'the stream brought nothing for 100 s, though its connection was kept alive',
      hint: expect.stringContaining('--timeout'),
    });
    expect(hung.answer.latencyMs).toBeLessThan(125_000);
    const never = await askOnce([Number.POSITIVE_INFINITY], 20_000, 50_000);
    expect(never.answer.error?.message).toBe('no complete answer within 50 s');
  });

  it('is not silent before its first piece, though it has given signs of life', async () => {
    const late = await askOnce([80_000], 40_000, 100_000);
    expect(late.answer.status).toBe('ok');
  });
});

describe('an error that was paid for', () => {
  it('has what it used and what came', async () => {
    const clock = new FakeClock();
    const details = { choices: [{ finishReason: 'length', reasoning: 'hm' }] };
    const usage = { input: 3, cached: null, output: 7, reasoning: 7 };
    const paid = { model: 'm', finishReason: 'length', usage, costUsd: 0.5, details };
    const model: SimpleModel = {
      reference: 'm',
      severalChoices: false,
      generate: () => Promise.reject(new CallError('cut_before_text', 'cut', { paid })),
    };
    const { pump, answers } = pumpBench(clock, [{ model, calls: 1 }]);
    await clock.runUntil(pump.run());
    expect(answers[0]).toMatchObject({ status: 'error', attempts: 1, ...paid });
  });
});

it('streams that take longer than the time-out leave as many in flight as were set', async () => {
  const clock = new FakeClock();
  const model = new FlowingModel(clock, [1_000, 29_000, 29_000], 0);
  const lane = { model, calls: 320, limits: { concurrency: 32 } };
  const { pump, answers } = pumpBench(clock, [lane], { timeoutMs: 30_000 });
  await clock.runUntil(pump.run());
  expect(answers).toHaveLength(320);
  expect(clock.monotonicMs()).toBeLessThan(1.05 * 10 * 59_000);
});
