import { expect, test } from 'vitest';
import { parseLimits } from './parse-limits.ts';

test('limits are read by their short names', () => {
  expect(parseLimits('rpm=480, tpm=90000,concurrency=10,quota=0,burst=1s')).toEqual({
    requestsPerMinute: 480,
    tokensPerMinute: 90_000,
    concurrency: 10,
    quotaCalls: 0,
    burstMs: 1000,
  });
});

test.each([
  ['rmp=480', 'unknown limit "rmp"', 'Did you mean "rpm"?'],
  ['concurency=4', 'unknown limit "concurency"', 'Did you mean "concurrency"?'],
  ['toString=4', 'unknown limit "toString"', 'Known: rpm'],
  ['rpm=0', 'limit "rpm" is "0"', 'rpm=100'],
  ['rpm', 'limit "rpm" is ""', 'rpm=100'],
  ['concurrency=1.5', 'not a whole number from 1', 'concurrency=100'],
  ['burst=5', 'not a duration', 'burst=1s'],
  ['rpm=1,rpm=2', 'limit "rpm" is given twice', 'once'],
  ['rpm=1,', 'empty entry', 'one comma'],
])('limits %j are refused with what to write', (text, message, hint) => {
  expect(() => parseLimits(text)).toThrow(
    expect.objectContaining({
      code: 'bad_usage',
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    }),
  );
});
