import type { Parsed } from '../option.ts';

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const LONGEST_MS = 24 * UNIT_MS.h!;

/** Reads a duration of 1 ms to 24 h as milliseconds; a bare number is seconds. */
export function durationMs(text: string): Parsed<number> {
  const match = /^(\d{1,12}(?:\.\d{1,6})?)(ms|s|m|h)?$/.exec(text.trim());
  const value = match ? Number(match[1]) * UNIT_MS[match[2] ?? 's']! : Number.NaN;
  return value >= 1 && value <= LONGEST_MS
    ? { value }
    : { problem: 'must be a duration of 1ms to 24h, such as 30 (seconds), 5s, 500ms or 2m' };
}
