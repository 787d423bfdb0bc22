import { dateText, timestampText, timeText } from './calendar-text.ts';

const DAY_SECONDS = 86_400n;
const DATE = /^([+-]\d{6,9}|\d{4})-(\d\d)-(\d\d)$/;
const CLOCK = /^(\d{2,10}):(\d\d):(\d\d)(?:\.(\d{1,9}))?$/;

/** The day, counted from 1970, that `dateText` writes so; undefined for any other text. */
export function dateOf(text: string): number | undefined {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined) return undefined;
  const days = daysBefore(Number(year), Number(month)) + Number(day) - 1;
  return dateText(days) === text ? days : undefined;
}

/** The time since 1970 that `timestampText` writes so; undefined for any other text. @param digits behind the second */
export function timestampOf(text: string, digits: number): bigint | undefined {
  const at = text.indexOf('T');
  if (at < 0 || !text.endsWith('Z')) return undefined;
  const days = dateOf(text.slice(0, at));
  const clock = clockOf(text.slice(at + 1, -1), digits);
  if (days === undefined || clock === undefined) return undefined;
  const time = BigInt(days) * DAY_SECONDS * 10n ** BigInt(digits) + clock;
  return timestampText(time, digits) === text ? time : undefined;
}

/** The time of the day that `timeText` writes so; undefined for any other text. @param digits behind the second */
export function timeOf(text: string, digits: number): bigint | undefined {
  const time = clockOf(text, digits);
  return time !== undefined && timeText(time, digits) === text ? time : undefined;
}

function clockOf(text: string, digits: number): bigint | undefined {
  const [, hours, minutes, seconds, fraction = ''] = CLOCK.exec(text) ?? [];
  if (hours === undefined || fraction.length > digits) return undefined;
  const whole = (BigInt(hours) * 60n + BigInt(minutes!)) * 60n + BigInt(seconds!);
  return whole * 10n ** BigInt(digits) + BigInt(fraction.padEnd(digits, '0') || '0');
}

/** Days from 1970 to the first of a month, counted as `dateText` counts them. */
function daysBefore(year: number, month: number): number {
  const monthFromMarch = (month + 9) % 12;
  const shifted = month <= 2 ? year - 1 : year;
  const cycle = Math.floor(shifted / 400);
  const yearOfCycle = shifted - cycle * 400;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5);
  const leapDays = Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100);
  return cycle * 146_097 + yearOfCycle * 365 + leapDays + dayOfYear - 719_468;
}
