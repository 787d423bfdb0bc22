/** Digits, with commas between groups of three or without; a fraction, an exponent. */
const NUMBER =
  /(?<![\w.])[-+−–]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)?(?:(?<=\d)\.?|\.(?=\d))\d*(?:[eE][-+]?\d+)?/g;
const HAS_DIGIT = /\d/;

/** A number in a text. */
export interface FoundNumber {
  readonly value: number;
  /** All of its digits, without commas, as JavaScript reads them; `0` for what is too small for a double. */
  readonly text: string;
}

/**
 * Finds the last number that a text names, which in an answer with its reasoning is the result: `1,234.5`, `-3`,
 * `2e-5`. Percent signs and units behind it are passed over; null where there is none.
 */
export function lastNumber(text: string): FoundNumber | null {
  let last: string | undefined;
  for (const [found] of text.matchAll(NUMBER)) if (HAS_DIGIT.test(found)) last = found;
  if (last === undefined) return null;
  const digits = last.replaceAll(',', '').replace(/^[−–]/, '-').replace(/^\+/, '');
  const value = Number(digits);
  return Number.isFinite(value) ? { value, text: value === 0 ? '0' : digits } : null;
}
