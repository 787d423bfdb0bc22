import { describe, expect, it } from 'vitest';
import { readDurationMs, writeDuration } from './duration.ts';

describe('readDurationMs', () => {
  it.each([
    ['30', 30_000],
    ['5s', 5000],
    ['500ms', 500],
    ['2m', 120_000],
    ['1.5s', 1500],
    ['24h', 86_400_000],
  ])('reads %s as %i ms', (text, value) => {
    expect(readDurationMs(text)).toBe(value);
  });

  it.each(['', '5 minutes', '-1s', '1e3', '0x10', 'NaN'])('refuses "%s"', (text) => {
    expect(readDurationMs(text)).toBeUndefined();
  });
});

describe('writeDuration', () => {
  it.each([1, 500, 1000, 1500, 60_000, 300_000, 86_400_000])('writes %i ms as it is read', (ms) => {
    expect(readDurationMs(writeDuration(ms))).toBe(ms);
  });

  it('takes the largest unit that leaves a whole number', () => {
    expect([300_000, 90_000, 3_600_000, 250].map(writeDuration)).toEqual([
      '5m',
      '90s',
      '1h',
      '250ms',
    ]);
  });
});
