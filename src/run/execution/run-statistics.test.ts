import { expect, test } from 'vitest';
import { failedAnswer, someAnswer } from '../../../test/support/some-answer.ts';
import { RunStatistics } from './run-statistics.ts';

test('sums up calls, errors, tokens, cost and latencies by model', () => {
  const statistics = new RunStatistics(['a', 'b', 'a']);
  statistics.add('a', someAnswer({}, { latencyMs: 100, costUsd: 0.5 }));
  statistics.add('a', someAnswer({}, { latencyMs: 300, costUsd: 0.25 }));
  statistics.add('a', failedAnswer());
  const [a, b] = statistics.summaries();
  expect(a).toMatchObject({ model: 'a', calls: 3, errors: 1, inputTokens: 24, outputTokens: 6 });
  expect(a).toMatchObject({ costUsd: 0.75, unknownCosts: 0 });
  expect(a!.medianLatencyMs! / 100).toBeCloseTo(1, 1);
  expect(a!.p95LatencyMs! / 300).toBeCloseTo(1, 1);
  expect(b).toEqual({
    model: 'b',
    calls: 0,
    errors: 0,
    errorCodes: {},
    errorMessages: {},
    medianLatencyMs: null,
    p95LatencyMs: null,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: null,
    unknownCosts: 0,
    cut: 0,
    choicesMissing: 0,
  });
});

test('a cost that is not known is counted and never taken for 0', () => {
  const statistics = new RunStatistics(['a']);
  statistics.add('a', someAnswer({}, { costUsd: null }));
  expect(statistics.summaries()[0]).toMatchObject({ costUsd: null, unknownCosts: 1 });
  statistics.add('a', someAnswer({}, { costUsd: 0 }));
  expect(statistics.summaries()[0]).toMatchObject({ costUsd: 0, unknownCosts: 1 });
});

test('a failed call has no latency that counts, and no cost that is not known', () => {
  const statistics = new RunStatistics(['a']);
  statistics.add('a', failedAnswer());
  expect(statistics.summaries()[0]).toMatchObject({
    calls: 1,
    errors: 1,
    medianLatencyMs: null,
    costUsd: null,
    unknownCosts: 0,
  });
});

test('a failed call for which tokens were counted has cost something, however much', () => {
  const statistics = new RunStatistics(['a']);
  const usage = { input: 10, cached: null, output: 15, reasoning: 15 };
  statistics.add('a', { ...failedAnswer(), usage });
  expect(statistics.summaries()[0]).toMatchObject({ costUsd: null, unknownCosts: 1 });
});

test('a model that nobody named before comes behind the others, as a part of another one does', () => {
  const statistics = new RunStatistics(['b', 'a']);
  statistics.add('part', someAnswer());
  statistics.add('a', someAnswer());
  expect(statistics.summaries().map(({ model, calls }) => [model, calls])).toEqual([
    ['b', 0],
    ['a', 1],
    ['part', 1],
  ]);
});

test('a call that was cancelled counts as a call and as nothing else', () => {
  const statistics = new RunStatistics(['a']);
  statistics.add('a', failedAnswer({}, { code: 'cancelled' }));
  expect(statistics.summaries()[0]).toMatchObject({
    ...{ calls: 1, errors: 0, errorCodes: {}, medianLatencyMs: null, unknownCosts: 0 },
  });
});

test('the first message of each kind of error is kept', () => {
  const statistics = new RunStatistics(['a']);
  for (const message of ['first', 'second']) {
    statistics.add('a', failedAnswer({}, { code: 'rate_limited', message }));
  }
  expect(statistics.summaries()[0]?.errorMessages).toEqual({ rate_limited: 'first' });
});

test('errors are counted by their codes', () => {
  const statistics = new RunStatistics(['a']);
  for (const code of ['timeout', 'server_error', 'timeout'] as const) {
    statistics.add('a', failedAnswer({}, { code }));
  }
  expect(statistics.summaries()[0]!.errorCodes).toEqual({ timeout: 2, server_error: 1 });
});

test('answers that were cut are counted, in any choice and before their first word, and choices that are missing', () => {
  const statistics = new RunStatistics(['a']);
  const choices = [{ finishReason: 'stop' }, { finishReason: 'length' }];
  statistics.add('a', someAnswer());
  statistics.add('a', someAnswer({}, { finishReason: 'length' }));
  statistics.add('a', someAnswer({}, { details: { choices, choicesMissing: 2 } }));
  statistics.add('a', { ...failedAnswer({}, { code: 'cut_before_text' }), costUsd: 0.5 });
  expect(statistics.summaries()[0]).toMatchObject({ cut: 3, choicesMissing: 2, errors: 1 });
  expect(statistics.summaries()[0]!.costUsd).toBeGreaterThanOrEqual(0.5);
});
