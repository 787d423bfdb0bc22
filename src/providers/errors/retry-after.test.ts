import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.UTC(2026, 0, 1);
const SOON = new Date(NOW + 42_000);

describe('retryAfterMs', () => {
  it.each([
    ['milliseconds first', { 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    ['seconds', { 'retry-after': '1.5' }, 1500],
    ['a date', { 'retry-after': SOON.toUTCString() }, 42_000],
    ['a date in the past', { 'retry-after': new Date(NOW - 5000).toUTCString() }, 0],
    ['a duration', { 'retry-after': '1m20s' }, 80_000],
    ['two of them', { 'retry-after': ['3', '5'] }, 5000],
    ["Azure's milliseconds", { 'x-ms-retry-after-ms': '250' }, 250],
    ['no sense', { 'retry-after': 'soon' }, null],
    ['what only looks like a date', { 'retry-after': 'soon 5' }, null],
    ['years of seconds', { 'retry-after': '100000000' }, 30 * 86_400_000],
    ['seconds since 1970, of years ago', { 'retry-after': '1500000000' }, 0],
    ['a negative number', { 'retry-after': '-1' }, null],
    ['no sense, but a reset', { 'retry-after': 'soon', 'x-ratelimit-reset': '2' }, 2000],
    ['one header for all limits', { ratelimit: '"api";r=0;t=30' }, 30_000],
    ['its older form', { ratelimit: 'limit=5, remaining=0, reset=30' }, 30_000],
    ['one header for limits that are not used up', { ratelimit: '"api";r=4;t=30' }, null],
    [
      'durations, the longest',
      { 'x-ratelimit-reset-requests': '6ms', 'x-ratelimit-reset-tokens': '1m20s' },
      80_000,
    ],
    [
      'only limits that are used up',
      {
        'x-ratelimit-reset-requests': '1h0m0s',
        'x-ratelimit-remaining-requests': '5',
        'x-ratelimit-reset-tokens': '2s',
        'x-ratelimit-remaining-tokens': '0',
      },
      2000,
    ],
    [
      'Anthropic, used up',
      {
        'anthropic-ratelimit-requests-reset': SOON.toISOString(),
        'anthropic-ratelimit-requests-remaining': '0',
      },
      42_000,
    ],
    [
      'Anthropic, not used up',
      {
        'anthropic-ratelimit-requests-reset': SOON.toISOString(),
        'anthropic-ratelimit-requests-remaining': '3',
      },
      null,
    ],
    ['milliseconds since 1970', { 'x-ratelimit-reset': String(NOW + 3000) }, 3000],
    ['a number that nobody means', { 'retry-after': '1'.padEnd(21, '0') }, 30 * 86_400_000],
    ['a number without end', { 'retry-after-ms': '9'.repeat(400) }, 30 * 86_400_000],
    [
      "a date against the server's own clock",
      {
        date: new Date(NOW + 3_600_000).toUTCString(),
        'retry-after': new Date(NOW + 3_605_000).toUTCString(),
      },
      5_000,
    ],
    [
      'a date of a server whose clock says nothing',
      { date: 'x', 'retry-after': SOON.toUTCString() },
      42_000,
    ],
    ['nothing', {}, null],
  ])('reads %s', (_, headers, expected) => {
    expect(retryAfterMs(headers as IncomingHttpHeaders, 429, NOW)).toBe(expected);
  });

  it('does not take the reset times of a good or broken answer for a wish', () => {
    expect(retryAfterMs({ 'x-ratelimit-reset-requests': '6s' }, 500, NOW)).toBeNull();
  });
});
