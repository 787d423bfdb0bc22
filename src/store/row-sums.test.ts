import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import type { Answer } from '../core/answer.ts';
import type { JsonValue } from '../core/json.ts';
import { RowSums } from './in-memory.ts';
import { answerContent, endContent } from './journal-line.ts';

function sumsOf(...answers: readonly Answer[]): RowSums {
  const sums = new RowSums();
  for (const answer of answers) sums.add(answer);
  return sums;
}

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

describe('the sums of a row', () => {
  it('begin with the first call that was sent and have the last one that came', () => {
    const answer = sumsOf(
      someAnswer({}, { startedAt: at(5), firstTokenMs: 7, model: 'a', attempts: 2 }),
      someAnswer({}, { startedAt: at(2), firstTokenMs: 9, model: 'b', requestId: 'last' }),
    ).answer(4, null);
    expect(answer).toMatchObject({
      key: { row: 4, name: 'turn/0' },
      ...{ status: 'ok', texts: [], error: null, model: 'b', requestId: 'last' },
      ...{ usage: { input: 24, output: 6 }, costUsd: 0.0005, latencyMs: 1625, attempts: 3 },
      ...{ startedAt: at(2), firstTokenMs: 7 },
    });
  });

  it('are written with the line of their only answer, byte for byte as without it', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(',"answer":{"status":"ok"', '","answer":{', '\\', 'answer'),
    );
    const results = fc.oneof(fc.constant(null), texts, fc.jsonValue());
    const raws = fc.oneof(fc.jsonValue(), fc.constant({ a: 1, answer: { status: 'ok' } }));
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 3 }), results, raws, (said, given, raw) => {
        const result = given as JsonValue;
        const answer = someAnswer({}, { texts: said, details: { raw: raw as JsonValue } });
        const sums = new RowSums();
        sums.add(answer, answerContent(answer));
        const end = { result, answer: sums.answer(4, null), wallMs: 1 };
        const { lineOfAnswer } = sums;
        expect(lineOfAnswer).toBeDefined();
        expect(endContent({ ...end, lineOfAnswer })).toBe(endContent(end));
      }),
    );
  });

  it('know no line that says the same of several answers, of a failed one, or where none was written', () => {
    const [good, failed] = [someAnswer(), failedAnswer()];
    const lines = [[good, good], [failed]].map((all) => {
      const sums = new RowSums();
      for (const answer of all) sums.add(answer, answerContent(answer));
      return sums.lineOfAnswer;
    });
    expect([...lines, sumsOf(good).lineOfAnswer]).toEqual([undefined, undefined, undefined]);
  });

  it('have a cost only if every call has one', () => {
    expect(sumsOf(someAnswer(), failedAnswer()).answer(0, null).costUsd).toBeNull();
    expect(sumsOf(failedAnswer(), someAnswer()).answer(0, null).costUsd).toBeNull();
  });

  it('say nothing of a call that was cancelled before it was sent', () => {
    const never = { ...failedAnswer({}, { code: 'cancelled' }), attempts: 0, startedAt: at(0) };
    const sent = someAnswer({}, { startedAt: at(3) });
    const answer = sumsOf(never, sent).answer(0, null);
    expect(answer).toMatchObject({ costUsd: 0.00025, attempts: 1, startedAt: at(3) });
    expect(sumsOf(never).answer(0, null)).toMatchObject({ costUsd: null, startedAt: '' });
  });

  it('count a call that was cancelled in flight, but not as the last one', () => {
    const cut = failedAnswer({}, { code: 'cancelled' });
    const answer = sumsOf(someAnswer({}, { model: 'a' }), cut).answer(0, null);
    expect(answer).toMatchObject({ model: 'a', attempts: 2, costUsd: null });
  });

  it('are cached when all of them are', () => {
    const cached = someAnswer({}, { cached: true });
    expect(sumsOf(cached, cached).answer(0, null).cached).toBe(true);
    expect(sumsOf(cached, someAnswer()).answer(0, null).cached).toBe(false);
    expect(sumsOf().answer(0, null).cached).toBe(false);
  });

  it('tell the time from the first start to the last end', () => {
    const sums = sumsOf(
      someAnswer({}, { startedAt: at(2), latencyMs: 9_000 }),
      someAnswer({}, { startedAt: at(1), latencyMs: 500 }),
    );
    expect(sums.spanMs).toBe(10_000);
    expect(sumsOf().spanMs).toBe(0);
  });

  it('are an error where the row is one', () => {
    const { error } = failedAnswer();
    expect(sumsOf(someAnswer()).answer(0, error)).toMatchObject({ status: 'error', error });
  });
});
