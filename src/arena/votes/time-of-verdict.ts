/** Numbers below this are seconds since 1970, above it milliseconds: the year 5138 in seconds. */
const FIRST_MILLISECONDS = 1e11;

/**
 * The moment of a timestamp in milliseconds since 1970 UTC: seconds or milliseconds as a number, or an
 * ISO date; a date without a zone is taken as UTC.
 *
 * @returns null when it is none of these.
 */
export function timeOfVerdict(value: unknown): number | null {
  const text = String(value).trim();
  if (text === '' || value === null || value === undefined) return null;
  const number = Number(text);
  if (Number.isFinite(number)) return number < FIRST_MILLISECONDS ? number * 1000 : number;
  const zoned = /^\d{4}-\d\d-\d\d[ T][\d:.]+$/.test(text) ? `${text.replace(' ', 'T')}Z` : text;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? null : time;
}

/** Name of the UTC day of a moment, such as `2026-01-31`; empty when it is out of range. */
export function dayOfTime(timeMs: number): string {
  return Math.abs(timeMs) <= 8.64e15 ? new Date(timeMs).toISOString().slice(0, 10) : '';
}
