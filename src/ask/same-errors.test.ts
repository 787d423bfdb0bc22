import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel, type FakeReply } from '../../test/support/fake-model.ts';
import { pumpBench } from '../../test/support/pump-bench.ts';
import { CallError } from '../core/call-error.ts';
import type { CallErrorCode } from '../core/error-catalogue.ts';

const fail = (code: CallErrorCode, said: string, httpStatus = 400): FakeReply => ({
  error: new CallError(code, `box answered ${httpStatus}: ${said}`, { httpStatus, said }),
  latencyMs: 10,
});
const good: FakeReply = { latencyMs: 10 };
const numberOf = (text: string) => Number(text.split(' ')[1]);

async function run(reply: (number: number) => FakeReply, stopAfter = 10, concurrency = 4) {
  const clock = new FakeClock();
  const model = new FakeModel(clock, (text) => reply(numberOf(text)));
  const bench = pumpBench(clock, [{ model, calls: 200, limits: { concurrency } }], { stopAfter });
  const [lane] = await clock.runUntil(bench.pump.run());
  return { lane: lane!, answers: bench.answers, asked: model.requests.length };
}

describe('the same final error ten times in a row, with no answer between', () => {
  it('ends the lane, whatever numbers and ids it names; what is left is not asked', async () => {
    const { lane, answers, asked } = await run((number) =>
      fail('bad_request', `your plan 7f3a-${number} ended ${number} days ago`, 400),
    );
    expect(lane).toMatchObject({ state: 'failed', answered: 9, error: { code: 'bad_request' } });
    expect(lane.error?.message).toBe(
      '10 calls in a row failed with the same error: box answered 400: your plan 7f3a-9 ended 9 days ago',
    );
    expect(lane.error?.hint).toContain('--stop-after 0');
    expect(answers).toHaveLength(9);
    expect(asked).toBeLessThanOrEqual(13);
  });

  it('ends it in the same way when many calls are in flight: those that say the same are not answers', async () => {
    const { lane, answers } = await run(() => fail('forbidden', 'not for you', 403), 10, 64);
    expect(lane).toMatchObject({ state: 'failed', answered: 9 });
    expect(answers).toHaveLength(9);
  });

  it('is another thing when an answer or another error comes between', async () => {
    const answered = await run((n) => (n % 10 === 9 ? good : fail('bad_request', 'no')), 10, 1);
    expect(answered.lane).toMatchObject({ state: 'done', failed: 180 });
    const others = await run((n) => fail('bad_request', n % 2 ? 'no' : 'never'), 10, 1);
    expect(others.lane).toMatchObject({ state: 'done', failed: 200 });
  });

  it('is nothing where each row has that error for what it asks, or no number is set', async () => {
    const codes = ['context_too_long', 'media_refused', 'content_filtered'] as const;
    for (const code of codes) {
      expect((await run(() => fail(code, 'no'))).lane).toMatchObject({ state: 'done' });
    }
    expect((await run(() => fail('bad_request', 'no'), 0)).lane).toMatchObject({ state: 'done' });
    expect((await run(() => fail('bad_request', 'no'), 3)).lane).toMatchObject({ answered: 2 });
  });
});
