const DAY_SECONDS = 86_400;

/** Writes a day, counted from 1970, as `YYYY-MM-DD`. */
export function dateText(days: number): string {
  // Days are counted in cycles of 400 years that begin with March, so that a leap day is the last of its year
  // (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  const shifted = days + 719_468;
  const cycle = Math.floor(shifted / 146_097);
  const day = shifted - cycle * 146_097;
  const yearOfCycle = Math.floor(
    (day - Math.floor(day / 1_460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365,
  );
  const leapDays = Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100);
  const dayOfYear = day - 365 * yearOfCycle - leapDays;
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfCycle + 400 * cycle + (month <= 2 ? 1 : 0);
  return `${yearText(year)}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

/** Writes a time since 1970 in UTC, with its digits but without zeros at their end. @param digits behind the second */
export function timestampText(time: bigint, digits: number): string {
  const { seconds, fraction } = divided(time, digits);
  const days = Math.floor(seconds / DAY_SECONDS);
  return `${dateText(days)}T${clockText(seconds - days * DAY_SECONDS)}${fraction}Z`;
}

/** Writes a time of the day, with its digits but without zeros at their end. @param digits behind the second */
export function timeText(time: bigint, digits: number): string {
  const { seconds, fraction } = divided(time, digits);
  return clockText(seconds) + fraction;
}

function divided(
  time: bigint,
  digits: number,
): { readonly seconds: number; readonly fraction: string } {
  const unit = 10n ** BigInt(digits);
  const rest = BigInt.asUintN(64, ((time % unit) + unit) % unit);
  const seconds = Number((time - rest) / unit);
  const written = String(rest).padStart(digits, '0').replace(/0+$/, '');
  return { seconds, fraction: written === '' ? '' : `.${written}` };
}

function clockText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const parts = [
    Math.floor(minutes / 60),
    minutes - Math.floor(minutes / 60) * 60,
    seconds - minutes * 60,
  ];
  return parts.map(twoDigits).join(':');
}

/** As ISO 8601 has it: years of more than four digits have a sign. */
function yearText(year: number): string {
  const digits = String(Math.abs(year));
  if (year < 0) return `-${digits.padStart(6, '0')}`;
  return year > 9999 ? `+${digits.padStart(6, '0')}` : digits.padStart(4, '0');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
