import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel, type FakeReply } from '../../test/support/fake-model.ts';
import { pumpBench } from '../../test/support/pump-bench.ts';
import { CallError } from '../core/call-error.ts';
import type { CallErrorCode } from '../core/error-catalogue.ts';

const fail = (code: CallErrorCode, httpStatus: number | null): FakeReply => ({
  error: new CallError(code, `no: ${code}`, { httpStatus: httpStatus ?? undefined }),
  latencyMs: 10,
});
const good: FakeReply = { latencyMs: 10 };
const numberOf = (text: string) => Number(text.split(' ')[1]);

async function run(
  reply: (call: number, tries: number) => FakeReply,
  calls = 20,
  firstAlone = true,
) {
  const clock = new FakeClock();
  const model = new FakeModel(clock, (text, tries) => reply(numberOf(text), tries));
  const lane = { model, calls, limits: { concurrency: 8 } };
  const bench = pumpBench(clock, [lane], { firstAlone, stopAfter: 10 });
  const [status] = await clock.runUntil(bench.pump.run());
  const starts = model.requests.map(({ startMs }) => startMs);
  return { status: status!, answers: bench.answers, starts, asked: starts.length };
}

describe('a lane whose first call is alone', () => {
  it('has one call in flight until the first answer, and as many as it may from then on', async () => {
    const { starts, answers } = await run(() => good);
    expect(starts.slice(0, 10)).toEqual([0, 10, 10, 10, 10, 10, 10, 10, 10, 20]);
    expect(answers).toHaveLength(20);
    expect((await run(() => good, 20, false)).starts[7]).toBe(0);
  });

  it.each([
    ['unauthorized', 401],
    ['model_not_found', 404],
    ['tls_failed', null],
  ] as const)('ends after one call that says %s', async (code, httpStatus) => {
    const { status, answers, asked } = await run(() => fail(code, httpStatus));
    expect(status).toMatchObject({ state: 'failed', error: { code } });
    expect([asked, answers.length]).toEqual([1, 0]);
  });

  it.each([
    ['bad_request', 400],
    ['forbidden', 403],
  ] as const)(
    'ends after three calls in a row, each alone, that say %s: none is answered',
    async (code, httpStatus) => {
      const { status, answers, starts } = await run(() => fail(code, httpStatus));
      expect(status).toMatchObject({ state: 'failed', answered: 0, error: { code } });
      expect(status.error?.message).toContain('the first calls were all refused');
      expect(starts).toEqual([0, 10, 20]);
      expect(answers).toEqual([]);
    },
  );

  it('goes on when the third is answered: the two before have their errors', async () => {
    const { status, answers } = await run((n) => (n < 2 ? fail('bad_request', 400) : good));
    expect(status.state).toBe('done');
    expect(answers).toHaveLength(20);
    expect(answers.filter(({ status: ended }) => ended === 'error')).toHaveLength(2);
  });

  it('goes on when a row is refused for what it asks', async () => {
    const { status, answers, asked } = await run((n) =>
      n < 4 ? fail('context_too_long', 400) : good,
    );
    expect(status.state).toBe('done');
    expect([answers.length, asked]).toEqual([20, 20]);
  });

  it('tries again what is worth trying, alone', async () => {
    const { status, starts } = await run((n, tries) =>
      n === 0 && tries < 2 ? fail('rate_limited', 429) : good,
    );
    expect(status.state).toBe('done');
    expect(starts.filter((startMs) => startMs < (starts[2] ?? 0))).toHaveLength(2);
  });

  it('gives one or two calls that are all there is their errors as answers', async () => {
    for (const calls of [1, 2]) {
      const { status, answers } = await run(() => fail('bad_request', 400), calls);
      expect(status.state).toBe('done');
      expect(answers.map(({ error }) => error?.code)).toEqual(Array(calls).fill('bad_request'));
    }
  });

  it('leaves unanswered what is held back when it is told to stop', async () => {
    const clock = new FakeClock();
    const drain = new AbortController();
    const model = new FakeModel(clock, () => fail('bad_request', 400));
    const lane = { model, calls: 20, limits: { concurrency: 8 } };
    const bench = pumpBench(clock, [lane], { firstAlone: true, drain: drain.signal });
    clock.after(15, () => drain.abort());
    const [status] = await clock.runUntil(bench.pump.run());
    expect(status).toMatchObject({ state: 'stopped' });
    expect(bench.answers.length).toBeLessThanOrEqual(1);
  });
});
