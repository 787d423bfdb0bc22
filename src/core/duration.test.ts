import { expect, it } from 'vitest';
import { parseDurationMs, writeDuration } from './duration.ts';

it.each([
  ['250ms', 250],
  ['1.5s', 1500],
  [' 2m ', 120_000],
  ['1h', 3_600_000],
  ['0s', 0],
])('%s is a duration', (text, ms) => {
  expect(parseDurationMs(text)).toBe(ms);
  expect(parseDurationMs(text, 's')).toBe(ms);
});

it('a bare number is one only where it has a unit of its own', () => {
  expect(parseDurationMs('30')).toBeUndefined();
  expect(parseDurationMs('30', 's')).toBe(30_000);
});

it.each(['', 's', '-1s', '1e3s', '1 s', '1d', '1s2', '.5s', '9'.repeat(13)])(
  '"%s" is no duration',
  (text) => {
    expect(parseDurationMs(text)).toBeUndefined();
    expect(parseDurationMs(text, 's')).toBeUndefined();
  },
);

it.each([1, 500, 1000, 1500, 60_000, 300_000, 86_400_000])('writes %i ms as it is read', (ms) => {
  expect(parseDurationMs(writeDuration(ms))).toBe(ms);
});

it('writes the largest unit that leaves a whole number', () => {
  expect([300_000, 90_000, 3_600_000, 250].map(writeDuration)).toEqual([
    '5m',
    '90s',
    '1h',
    '250ms',
  ]);
});
