import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeModel, type FakeReply } from '../../../test/support/fake-model.ts';
import type { LaneStatus } from '../../ask/index.ts';
import type { Answer } from '../../core/answer.ts';
import { CallError } from '../../core/call-error.ts';
import type { CompositeModel, Model } from '../../core/model.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { textOf } from '../../core/workflow.ts';
import { Session } from '../../run/index.ts';
import { type AskEachOptions, askEach } from './ask-each.ts';

interface Heard {
  readonly model: number;
  readonly sample: number;
  readonly answer: Answer;
}

/** Asks models that all have the same limit, and keeps what came back. */
async function ask(
  clock: FakeClock,
  models: readonly Model[],
  options: Partial<AskEachOptions> & { concurrency?: number } = {},
) {
  const heard: Heard[] = [];
  const { concurrency = 8, ...rest } = options;
  await clock.runUntil(
    askEach({
      targets: models.map((model, k) => ({
        model,
        lane: { name: String(k), limiters: [{ name: String(k), limits: { concurrency } }] },
      })),
      question: { messages: [{ role: 'user', content: 'hi' }] },
      samples: 1,
      clock,
      random: seededRandom(1),
      session: new Session(clock),
      attempts: 3,
      timeoutMs: 5_000,
      longestWaitMs: 60_000,
      signal: new AbortController().signal,
      onAnswer: (model, sample, answer) => heard.push({ model, sample, answer }),
      ...rest,
    }),
  );
  return heard.toSorted((a, b) => a.model - b.model || a.sample - b.sample);
}

const unauthorized: FakeReply = {
  error: new CallError('unauthorized', 'bad key', { httpStatus: 401 }),
  latencyMs: 10,
};

const codesOf = (heard: readonly Heard[]) =>
  heard.map(({ answer: { status, error } }) => error?.code ?? status);

describe('askEach', () => {
  it('asks all models at the same time', async () => {
    const clock = new FakeClock();
    const models = [300, 100, 200].map((latencyMs) => new FakeModel(clock, () => ({ latencyMs })));
    const answers = await ask(clock, models);
    expect(answers.map(({ model, answer }) => [model, answer.latencyMs])).toEqual([
      [0, 300],
      [1, 100],
      [2, 200],
    ]);
    expect(clock.monotonicMs()).toBe(300);
    expect(clock.pendingTimers).toBe(0);
  });

  it('hands on each answer when it comes, not when all are there', async () => {
    const clock = new FakeClock();
    const models = [300, 100].map((latencyMs) => new FakeModel(clock, () => ({ latencyMs })));
    const order: unknown[] = [];
    const onAnswer = (model: number) => order.push([model, clock.monotonicMs()]);
    await ask(clock, models, { onAnswer });
    expect(order).toEqual([
      [1, 100],
      [0, 300],
    ]);
  });

  it('asks for several samples together where the model can, and in calls of their own where not', async () => {
    const clock = new FakeClock();
    const together = new FakeModel(clock);
    const apart = new FakeModel(clock, () => ({ latencyMs: 5 }), { severalChoices: false });
    const answers = await ask(clock, [together, apart], { samples: 3 });
    expect(together.requests.map(({ choices }) => choices)).toEqual([3]);
    expect(apart.requests.map(({ choices }) => choices)).toEqual([1, 1, 1]);
    expect(
      answers.map(({ model, sample, answer }) => [model, sample, answer.texts.length]),
    ).toEqual([
      [0, 0, 3],
      [1, 0, 1],
      [1, 1, 1],
      [1, 2, 1],
    ]);
  });

  it('never lets a failing model hide the others, and answers each of its samples with the error', async () => {
    const clock = new FakeClock();
    const bad = new FakeModel(clock, () => unauthorized, { severalChoices: false });
    const fine = new FakeModel(clock, () => ({ latencyMs: 500 }), { severalChoices: false });
    const answers = await ask(clock, [bad, fine], { samples: 3, concurrency: 1 });
    expect(codesOf(answers)).toEqual([
      'unauthorized',
      'unauthorized',
      'unauthorized',
      'ok',
      'ok',
      'ok',
    ]);
    expect(bad.requests).toHaveLength(1);
    expect(answers.map(({ answer }) => answer.attempts)).toEqual([1, 0, 0, 1, 1, 1]);
  });

  it('says that a server cannot be reached for each sample within 3 seconds', async () => {
    const clock = new FakeClock();
    const away = new FakeModel(
      clock,
      () => ({ error: new CallError('connection_failed', 'refused'), latencyMs: 1 }),
      { severalChoices: false },
    );
    const answers = await ask(clock, [away], { samples: 4 });
    expect(codesOf(answers)).toEqual(Array(4).fill('connection_failed'));
    expect(clock.monotonicMs()).toBeLessThan(3_000);
  });

  it('hands on each piece of text with its model and sample, of each try anew', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, (_, number) =>
      number === 1
        ? { deltas: ['he'], error: new CallError('stream_incomplete', 'cut'), latencyMs: 5 }
        : { deltas: ['hel', 'lo'], latencyMs: 5 },
    );
    const seen: unknown[] = [];
    const answers = await ask(clock, [model], {
      onDelta: (index, sample, text) => seen.push([index, sample, text]),
    });
    expect(seen).toEqual([
      [0, 0, 'he'],
      [0, 0, 'hel'],
      [0, 0, 'lo'],
    ]);
    expect(answers[0]!.answer).toMatchObject({ status: 'ok', attempts: 2, firstTokenMs: 0 });
  });

  it('gives no answer to what an abort cut off', async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    clock.after(100, () => stop.abort());
    const models = [50, 5_000].map((latencyMs) => new FakeModel(clock, () => ({ latencyMs })));
    const answers = await ask(clock, models, { signal: stop.signal });
    expect(answers.map(({ model }) => model)).toEqual([0]);
    expect(clock.monotonicMs()).toBe(100);
    expect(clock.pendingTimers).toBe(0);
  });

  it('tells before anything is sent what each model is doing, by its number', async () => {
    const clock = new FakeClock();
    const models = [100, 200].map((latencyMs) => new FakeModel(clock, () => ({ latencyMs })));
    let status: () => readonly LaneStatus[] = () => [];
    const seen: unknown[] = [];
    const look = () => seen.push(status().map(({ name, inFlight }) => [name, inFlight]));
    await ask(clock, models, {
      onStart: (given) => {
        expect(models.flatMap(({ requests }) => requests)).toEqual([]);
        status = given;
        look();
        clock.after(50, look);
        clock.after(150, look);
      },
    });
    expect(seen).toEqual([
      [
        ['0', 0],
        ['1', 0],
      ],
      [
        ['0', 1],
        ['1', 1],
      ],
      [
        ['0', 0],
        ['1', 1],
      ],
    ]);
  });

  it('asks a model that is named twice twice, in one lane', async () => {
    const clock = new FakeClock();
    const model = new FakeModel(clock, () => ({ latencyMs: 10 }));
    const answers = await ask(clock, [model, model], { concurrency: 1 });
    expect(answers.map(({ model }) => model)).toEqual([0, 1]);
    expect([model.requests.length, model.mostInFlight]).toEqual([2, 1]);
  });

  it('asks a composite model once for each sample, in the lanes of its parts', async () => {
    const clock = new FakeClock();
    const part = new FakeModel(clock, () => ({ latencyMs: 10 }), { reference: 'part' });
    const panel: CompositeModel = {
      reference: 'panel',
      severalChoices: false,
      models: [part],
      workflow: async (request, context) => {
        const first = textOf(await context.ask('first', part, request));
        const messages = [{ role: 'user', content: `better than: ${first}` }] as const;
        return {
          texts: [textOf(await context.ask('second', part, { messages }))],
          ...{ finishReason: 'stop', model: 'panel', costUsd: null, requestId: null },
          usage: { input: null, output: null, cached: null, reasoning: null },
        };
      },
    };
    const answers = await ask(clock, [panel], { samples: 2 });
    expect(part.requests.map(({ text }) => text).toSorted()).toEqual([
      'better than: answer to hi',
      'better than: answer to hi',
      'hi',
      'hi',
    ]);
    expect(answers.map(({ sample, answer }) => [sample, answer.status, answer.texts])).toEqual([
      [0, 'ok', ['answer to better than: answer to hi']],
      [1, 'ok', ['answer to better than: answer to hi']],
    ]);
    expect(answers[0]!.answer.attempts).toBe(2);
  });
});
