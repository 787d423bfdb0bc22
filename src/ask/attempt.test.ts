import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { PLAIN_GENERATION } from '../../test/support/fake-model.ts';
import { pumpBench } from '../../test/support/pump-bench.ts';
import { ONLY_CALL } from '../core/answer.ts';
import { CallError } from '../core/call-error.ts';
import { LinkedSet } from '../core/linked-set.ts';
import type {
  GenerateOptions,
  Generation,
  GenerationReceiver,
  SimpleModel,
} from '../core/model.ts';
import { Deadlines } from '../scheduler/index.ts';
import { Attempt, type AttemptResult } from './attempt.ts';
import { Work } from './work.ts';

const GONE = new CallError('cancelled', 'nobody waits for it');

type Start = (options: GenerateOptions, receiver: GenerationReceiver, work: Work) => void;

/** A try of a model that is started without a promise, and all that was told of its end. */
function tried(start: Start, timeoutMs = 1_000) {
  const clock = new FakeClock();
  const told: (AttemptResult | 'begun')[] = [];
  const model: SimpleModel = {
    reference: 'm',
    severalChoices: false,
    generate: () => Promise.reject(new Error('it has start')),
    start: (_, options, receiver) => start(options, receiver, work),
  };
  const request = { messages: [], parameters: {}, choices: 1 };
  const work = new Work({ key: { row: 0, name: ONLY_CALL }, model, request, timeoutMs }, false);
  const running = new LinkedSet<Attempt>();
  const times = { timeoutMs: 1_000, idleTimeoutMs: 500 };
  const deadlines = new Deadlines(clock, times.timeoutMs);
  const silences = new Deadlines(clock, times.idleTimeoutMs);
  const context = { clock, ...times, deadlines, silences, running };
  const attempt = new Attempt(work, context, (result) => told.push(result));
  told.push('begun');
  const close = () => {
    deadlines.close();
    silences.close();
    return { timers: clock.pendingTimers, running: running.size, attempt: work.attempt };
  };
  return { clock, told, attempt, close };
}

const NOTHING_LEFT = { timers: 0, running: 0, attempt: undefined };

/** How a try ended, after it had begun. */
async function endOf({ clock, told }: ReturnType<typeof tried>) {
  await clock.advance(0);
  expect(told[0]).toBe('begun');
  expect(told).toHaveLength(2);
  return (told[1] as AttemptResult).outcome;
}

describe('a try', () => {
  it.each<[string, Start, unknown]>([
    ['fails', (_, { failed }) => failed(GONE), GONE],
    ['answers', (_, receiver) => receiver.answered(PLAIN_GENERATION), PLAIN_GENERATION],
  ])('that %s before its start has returned ends after it has begun', async (_, start, outcome) => {
    const one = tried((options, receiver, work) =>
      start(
        options,
        { answered: receiver.answered.bind(receiver), failed: receiver.failed.bind(receiver) },
        work,
      ),
    );
    expect(await endOf(one)).toBe(outcome);
    expect(one.close()).toEqual(NOTHING_LEFT);
  });

  it('ends once, as it was first told', async () => {
    const one = tried((_, receiver) => {
      receiver.failed(GONE);
      receiver.answered(PLAIN_GENERATION);
      throw new Error('and more');
    });
    expect(await endOf(one)).toBe(GONE);
    expect(one.close()).toEqual(NOTHING_LEFT);
  });

  it('whose start throws has failed in an unexpected way', async () => {
    const one = tried(() => {
      throw new Error('no such model');
    });
    expect(await endOf(one)).toMatchObject({
      code: 'internal',
      message: expect.stringContaining('no such model'),
    });
  });

  it.each([undefined, null, 'text', { texts: ['text'] }, { usage: PLAIN_GENERATION.usage }])(
    'whose model gives %j has failed in an unexpected way',
    async (given) => {
      const one = tried((_, receiver) => receiver.answered(given as unknown as Generation));
      expect(await endOf(one)).toMatchObject({
        code: 'internal',
        message: expect.stringContaining('something else than a generation'),
      });
      expect(one.close()).toEqual(NOTHING_LEFT);
    },
  );

  it('that fails because it is stopped has ended when that is told, and leaves no timer', async () => {
    const one = tried((options, receiver) => options.onStop?.((reason) => receiver.failed(reason)));
    one.attempt.stop(GONE);
    expect(one.told).toHaveLength(2);
    expect(await endOf(one)).toBe(GONE);
    expect(one.close()).toEqual(NOTHING_LEFT);
  });

  it('that is stopped while it is started says so to who listens later, and ends for that reason', async () => {
    const heard: unknown[] = [];
    const one = tried((options, receiver, work) => {
      work.attempt!.stop(GONE);
      options.onStop?.((reason) => heard.push(reason));
      heard.push(options.signal.aborted, options.signal.reason);
      receiver.failed(new Error('aborted'));
    });
    expect(heard).toEqual([GONE, true, GONE]);
    expect(await endOf(one)).toBe(GONE);
    expect(one.close()).toEqual(NOTHING_LEFT);
  });

  it('that says nothing after its stop ends a moment later', async () => {
    const one = tried(() => {});
    one.attempt.stop(GONE);
    await one.clock.advance(99);
    expect(one.told).toEqual(['begun']);
    await one.clock.advance(1);
    expect(await endOf(one)).toBe(GONE);
    expect(one.close()).toEqual(NOTHING_LEFT);
  });

  it.each([1_000, 300])('of %s ms takes its stop while its last word is waited for', async (ms) => {
    const one = tried(() => {}, ms);
    await one.clock.advance(ms);
    one.attempt.stop(GONE);
    await one.clock.advance(100);
    expect(await endOf(one)).toBe(GONE);
    expect(one.close()).toEqual(NOTHING_LEFT);
  });

  it('that has ended cannot be stopped any more', async () => {
    let signal: AbortSignal | undefined;
    const heard: unknown[] = [];
    const one = tried((options, receiver) => {
      signal = options.signal;
      options.onStop?.((reason) => heard.push(reason));
      receiver.answered(PLAIN_GENERATION);
    });
    expect(await endOf(one)).toBe(PLAIN_GENERATION);
    one.attempt.stop(GONE);
    expect([signal!.aborted, heard]).toEqual([false, []]);
    expect(one.close()).toEqual(NOTHING_LEFT);
  });

  it('leaves no deadline behind, whatever its model still tells', async () => {
    let told: GenerateOptions | undefined;
    const one = tried((options, receiver) => {
      told = options;
      options.onPiece?.();
      options.onPreparing?.(true);
      receiver.answered(PLAIN_GENERATION);
    });
    await endOf(one);
    told!.onPiece?.();
    told!.onPreparing?.(false);
    await one.clock.advance(10_000);
    expect(one.told).toHaveLength(2);
    expect(one.close()).toEqual(NOTHING_LEFT);
  });
});

it('an answer of which the tokens cannot be counted ends the run with its error', async () => {
  const clock = new FakeClock();
  const model: SimpleModel = {
    reference: 'm',
    severalChoices: false,
    generate: () => Promise.reject(new Error('it has start')),
    start: (_, __, receiver) => {
      const usage = {
        ...PLAIN_GENERATION.usage,
        get input(): number {
          throw new TypeError('no such count');
        },
      };
      setImmediate(() => receiver.answered({ ...PLAIN_GENERATION, usage }));
    },
  };
  const limits = { tokensPerMinute: 100_000 };
  const { pump } = pumpBench(clock, [{ model, calls: 3, limits }]);
  await expect(clock.runUntil(pump.run())).rejects.toThrow(TypeError);
  expect(clock.pendingTimers).toBe(0);
});
