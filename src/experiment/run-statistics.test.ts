import { expect, test } from 'vitest';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import { RunStatistics } from './run-statistics.ts';

test('sums up calls, errors, tokens, cost and latencies by model', () => {
  const statistics = new RunStatistics(['a', 'b', 'a']);
  statistics.add(0, someAnswer({}, { latencyMs: 100, costUsd: 0.5 }));
  statistics.add(2, someAnswer({}, { latencyMs: 300, costUsd: 0.25 }));
  statistics.add(2, failedAnswer());
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
    medianLatencyMs: null,
    p95LatencyMs: null,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: null,
    unknownCosts: 0,
  });
});

test('a cost that is not known is counted and never taken for 0', () => {
  const statistics = new RunStatistics(['a']);
  statistics.add(0, someAnswer({}, { costUsd: null }));
  expect(statistics.summaries()[0]).toMatchObject({ costUsd: null, unknownCosts: 1 });
  statistics.add(0, someAnswer({}, { costUsd: 0 }));
  expect(statistics.summaries()[0]).toMatchObject({ costUsd: 0, unknownCosts: 1 });
});

test('a failed call has no latency that counts, and no cost that is not known', () => {
  const statistics = new RunStatistics(['a']);
  statistics.add(0, failedAnswer());
  expect(statistics.summaries()[0]).toMatchObject({
    calls: 1,
    errors: 1,
    medianLatencyMs: null,
    costUsd: null,
    unknownCosts: 0,
  });
});
