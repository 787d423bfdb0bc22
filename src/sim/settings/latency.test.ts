import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../core/seeded-random.ts';
import { drawLatencyMs, parseLatency } from './latency.ts';

describe('a latency', () => {
  test.each([
    ['200ms', { kind: 'fixed', ms: 200 }],
    ['1.5s', { kind: 'fixed', ms: 1500 }],
    ['50-300ms', { kind: 'uniform', fromMs: 50, toMs: 300 }],
    ['500ms-1s', { kind: 'uniform', fromMs: 500, toMs: 1000 }],
    ['uniform(50ms, 300ms)', { kind: 'uniform', fromMs: 50, toMs: 300 }],
    ['lognormal(400ms,0.5)', { kind: 'lognormal', medianMs: 400, sigma: 0.5 }],
  ])('%s is read', (text, latency) => {
    expect(parseLatency(text)).toEqual(latency);
  });

  test.each([
    ['200', 'not understood', '200ms'],
    ['fast', 'not understood', 'lognormal(400ms,0.5)'],
    ['300-50ms', 'begins above its end', '50ms-300ms'],
    ['lognornal(400ms,0.5)', 'unknown latency "lognornal"', '"lognormal"'],
    ['lognormal(400ms)', 'not understood', 'lognormal(400ms,0.5)'],
    ['lognormal(400ms,x)', 'sigma "x"', 'lognormal(400ms,0.5)'],
  ])('%s is refused with what to write', (text, message, hint) => {
    expect(() => parseLatency(text)).toThrow(
      expect.objectContaining({
        code: 'bad_usage',
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      }),
    );
  });

  test('that is log-normal has its median in the middle and its spread around it', () => {
    const random = seededRandom(5);
    const latency = { kind: 'lognormal', medianMs: 400, sigma: 0.5 } as const;
    const drawn = Array.from({ length: 20_001 }, () => drawLatencyMs(latency, random));
    drawn.sort((left, right) => left - right);
    const quantile = (share: number) => drawn[Math.round(share * 20_000)] ?? 0;
    expect(quantile(0.5) / 400).toBeCloseTo(1, 1);
    expect(quantile(0.8413) / quantile(0.5)).toBeCloseTo(Math.exp(0.5), 1);
  });
});
