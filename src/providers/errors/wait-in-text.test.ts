import { expect, it } from 'vitest';
import { waitInText } from './wait-in-text.ts';

it.each([
  ['Rate limit reached. Please try again in 7m12.5s. Need more tokens?', 432_500],
  ['Limit 30000, Used 29000. Please try again in 450ms.', 450],
  ['You exceeded your quota. Please retry in 31.25s.', 31_250],
  ['exceeded token rate limit of your tier. Please retry after 86400 seconds.', 86_400_000],
  ['Please wait 79214 seconds before retrying.', 79_214_000],
  ['Too many requests, retry after 2 minutes', 120_000],
  ['Please try again in 1h2m3s', 3_723_000],
  ['Please try again later.', null],
  ['Please wait before trying again.', null],
  ['You have 3 tries; model gpt-4 in 5 regions', null],
  ['Your limit will reset at 2026-12-01 00:00:00', null],
])('reads %j', (message, waitMs) => {
  expect(waitInText(message)).toBe(waitMs);
});
