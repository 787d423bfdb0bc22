import type { IncomingHttpHeaders } from 'node:http';

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** No server means longer: a wait is capped at 30 days, so that every clock can tell its end. */
export const MAX_WAIT_MS = 30 * 86_400_000;

/** A date says the time of day; what does not is no date, whatever `Date.parse` makes of it. */
const TIME_OF_DAY = /\d:\d\d/;

/**
 * Reads from an answer's headers how long to wait, in milliseconds: `retry-after-ms`, `retry-after`
 * (seconds, a duration or a date), and with status 429 the reset times of whichever limit is used up.
 *
 * Dates are read against the server's own clock where it tells its time, since that is what they were made by.
 *
 * @param ownNowMs milliseconds since 1970 UTC, to read dates of a server that does not tell its time.
 * @returns null if they do not say; never negative, at most 30 days.
 */
export function retryAfterMs(
  headers: IncomingHttpHeaders,
  status: number,
  ownNowMs: number,
): number | null {
  const serversNowMs = Date.parse(headers.date ?? '');
  const nowMs = Number.isNaN(serversNowMs) ? ownNowMs : serversNowMs;
  const waitMs = toldWaitMs(headers, status, nowMs);
  return waitMs === null ? null : Math.min(waitMs, MAX_WAIT_MS);
}

function toldWaitMs(headers: IncomingHttpHeaders, status: number, nowMs: number): number | null {
  const exact = numberOf(headers['retry-after-ms']) ?? numberOf(headers['x-ms-retry-after-ms']);
  if (exact !== null) return exact;
  const asked = [headers['retry-after'] ?? []]
    .flat()
    .map((text) => durationMs(text) ?? untilDate(text, nowMs))
    .filter((waitMs) => waitMs !== null);
  if (asked.length > 0) return Math.max(...asked);
  return status === 429 ? (untilReset(headers, nowMs) ?? untilPolicyReset(headers)) : null;
}

/** The wait until the last of the limits that have nothing left is reset. */
function untilReset(headers: IncomingHttpHeaders, nowMs: number): number | null {
  let longest: number | null = null;
  for (const [name, value] of Object.entries(headers)) {
    if (!/ratelimit/.test(name) || !/reset/.test(name) || typeof value !== 'string') continue;
    const remaining = headers[name.replace('reset', 'remaining')];
    const usedUp =
      remaining === undefined ? !name.startsWith('anthropic-') : numberOf(remaining) === 0;
    const waitMs = usedUp ? (durationMs(value) ?? untilDate(value, nowMs)) : null;
    if (waitMs !== null && waitMs > (longest ?? -1)) longest = waitMs;
  }
  return longest;
}

/** Reads the IETF's one header for all limits: `"api";r=0;t=30`, or `limit=5, remaining=0, reset=30`. */
function untilPolicyReset({ ratelimit }: IncomingHttpHeaders): number | null {
  if (typeof ratelimit !== 'string') return null;
  const [, remaining = '0'] = /\b(?:r|remaining)=(\d+)/.exec(ratelimit) ?? [];
  const [, seconds] = /\b(?:t|reset)=(\d+)/.exec(ratelimit) ?? [];
  return seconds === undefined || remaining !== '0' ? null : Number(seconds) * 1000;
}

/** Reads durations such as `6ms`, `1m20s`, `1h0m0s`; a bare number is seconds unless it is a date of this century. */
function durationMs(text: string): number | null {
  const seconds = numberOf(text);
  if (seconds !== null) return seconds < 1e9 ? seconds * 1000 : null;
  const parts = text.trim().match(/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/) && [
    ...text.matchAll(/([\d.]+)(ms|[smhd])/g),
  ];
  return parts ? parts.reduce((sum, part) => sum + Number(part[1]) * UNIT_MS[part[2]!]!, 0) : null;
}

function untilDate(text: string, nowMs: number): number | null {
  const number = numberOf(text);
  if (number === null && !TIME_OF_DAY.test(text)) return null;
  const dateMs = number === null ? Date.parse(text) : number < 1e11 ? number * 1000 : number;
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}

function numberOf(text: string | string[] | undefined): number | null {
  return typeof text === 'string' && /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null;
}
