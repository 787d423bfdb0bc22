import { MAX_WAIT_MS } from './retry-after.ts';

/** How servers that have no header for it say in a sentence how long to wait. */
const TIME_TO_WAIT =
  /\b(?:(?:re)?try(?: again)?|reset\w*|wait) (?:after |in |for )?((?:\d{1,9}(?:\.\d{1,6})? ?(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)(?![a-z]) ?)+)/i;
const PART = /(\d+(?:\.\d+)?) ?(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)/gi;

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Reads `Please try again in 7m12s`, `retry after 86400 seconds`; milliseconds, null where a text names no time. */
export function waitInText(message: string): number | null {
  const [, time] = TIME_TO_WAIT.exec(message) ?? [];
  if (time === undefined) return null;
  let waitMs = 0;
  for (const [, count, unit = ''] of time.matchAll(PART)) {
    const isMilliseconds = /^m(?:s|illi)/i.test(unit);
    waitMs += Number(count) * UNIT_MS[isMilliseconds ? 'ms' : unit[0]!.toLowerCase()]!;
  }
  return Math.min(Math.ceil(waitMs), MAX_WAIT_MS);
}
