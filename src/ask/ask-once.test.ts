import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel, type FakeReply } from '../../test/support/fake-model.ts';
import type { Answer } from '../core/answer.ts';
import { CallError } from '../core/call-error.ts';
import { seededRandom } from '../core/seeded-random.ts';
import { Limiter } from '../scheduler/index.ts';
import { type AskOnceOptions, askOnce } from './ask-once.ts';

/** Asks models that all have the same limit, and keeps what came back. */
async function ask(
  clock: FakeClock,
  models: readonly FakeModel[],
  options: Partial<AskOnceOptions> & { concurrency?: number } = {},
) {
  const answers: Answer[] = [];
  const { concurrency = 8, ...rest } = options;
  await clock.runUntil(
    askOnce({
      targets: models.map((model, k) => ({
        model,
        limiters: [new Limiter(String(k), { concurrency }, 0)],
      })),
      messages: [{ role: 'user', content: 'hi' }],
      parameters: {},
      samples: 1,
      clock,
      random: seededRandom(1),
      attempts: 3,
      timeoutMs: 5_000,
      onAnswer: (answer) => answers.push(answer),
      ...rest,
    }),
  );
  return answers.toSorted((a, b) => a.key.row - b.key.row || a.key.sample - b.key.sample);
}

const unauthorized: FakeReply = {
  error: new CallError('unauthorized', 'bad key', { httpStatus: 401 }),
  latencyMs: 10,
};

describe('askOnce', () => {
  it('asks all targets at the same time', async () => {
    const clock = new FakeClock();
    const models = [300, 100, 200].map((latencyMs) => new FakeModel(clock, () => ({ latencyMs })));
    const answers = await ask(clock, models);
    expect(answers.map(({ key, latencyMs }) => [key.row, latencyMs])).toEqual([
      [0, 300],
      [1, 100],
      [2, 200],
    ]);
    expect(clock.monotonicMs()).toBe(300);
    expect(clock.pendingTimers).toBe(0);
  });

  it('asks for several samples together where the model can, and in calls of their own where not', async () => {
    const clock = new FakeClock();
    const together = new FakeModel(clock);
    const apart = new FakeModel(clock, () => ({ latencyMs: 5 }), { severalChoices: false });
    const answers = await ask(clock, [together, apart], { samples: 3 });
    expect(together.requests.map(({ choices }) => choices)).toEqual([3]);
    expect(apart.requests.map(({ choices }) => choices)).toEqual([1, 1, 1]);
    expect(answers.map(({ key, texts }) => [key.row, key.sample, texts.length])).toEqual([
      [0, 0, 3],
      [1, 0, 1],
      [1, 1, 1],
      [1, 2, 1],
    ]);
  });

  it('never lets a failing target hide the others, and answers each of its samples with the error', async () => {
    const clock = new FakeClock();
    const bad = new FakeModel(clock, () => unauthorized, { severalChoices: false });
    const fine = new FakeModel(clock, () => ({ latencyMs: 500 }), { severalChoices: false });
    const answers = await ask(clock, [bad, fine], { samples: 3, concurrency: 1 });
    expect(answers.map(({ status, error }) => error?.code ?? status)).toEqual([
      'unauthorized',
      'unauthorized',
      'unauthorized',
      'ok',
      'ok',
      'ok',
    ]);
    expect(bad.requests).toHaveLength(1);
    expect(answers.map(({ attempts }) => attempts)).toEqual([1, 0, 0, 1, 1, 1]);
  });

  it('says that a server cannot be reached for each sample within 3 seconds', async () => {
    const clock = new FakeClock();
    const away = new FakeModel(
      clock,
      () => ({ error: new CallError('connection_failed', 'refused'), latencyMs: 1 }),
      { severalChoices: false },
    );
    const answers = await ask(clock, [away], { samples: 4 });
    expect(answers.map(({ error }) => error?.code)).toEqual(Array(4).fill('connection_failed'));
    expect(clock.monotonicMs()).toBeLessThan(3_000);
  });

  it('hands on each piece of text with its target and sample, and tells when a try that sent some failed', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, (_, number) =>
      number === 1
        ? { deltas: ['he'], error: new CallError('stream_incomplete', 'cut'), latencyMs: 5 }
        : { deltas: ['hel', 'lo'], latencyMs: 5 },
    );
    const seen: unknown[] = [];
    const answers = await ask(clock, [model], {
      onDelta: (target, sample, text) => seen.push([target, sample, text]),
      onFailedTry: (target, sample, error) => seen.push([target, sample, error.code]),
    });
    expect(seen).toEqual([
      [0, 0, 'he'],
      [0, 0, 'stream_incomplete'],
      [0, 0, 'hel'],
      [0, 0, 'lo'],
    ]);
    expect(answers[0]).toMatchObject({ status: 'ok', attempts: 2, firstTokenMs: 0 });
  });

  it('gives no answer to what an abort cut off', async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    clock.after(100, () => stop.abort());
    const models = [50, 5_000].map((latencyMs) => new FakeModel(clock, () => ({ latencyMs })));
    const answers = await ask(clock, models, { signal: stop.signal });
    expect(answers.map(({ key }) => key.row)).toEqual([0]);
    expect(clock.monotonicMs()).toBe(100);
  });
});
