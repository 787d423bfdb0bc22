import { withUsualNumbers } from './usual-numbers.ts';

/** Commas or narrow spaces between groups of three digits; LaTeX has its own commas. */
const GROUPS = String.raw`\d{1,3}(?:(?:\{,\}|,\\!|[,\u00a0\u202f\u2009])\d{3}){1,40}(?!\d)`;
/** Digits, in groups or not; a fraction, an exponent. */
const NUMBER = String.raw`[-+−–]?(?:${GROUPS}|\d+)?(?:(?<=\d)\.?|\.(?=\d))\d*(?:[eE][-+]?\d+)?`;
/** What is divided, or divides: no longer than can be tried in every way. */
const PART = String.raw`[-+−–]?(?:${GROUPS}|\d{1,20})(?:\.\d{1,20})?`;
/** A number, or two of which one is divided by the other: `3/4`, `\frac{3}{4}`. */
const QUANTITY = new RegExp(
  String.raw`([-+−–]?)\\[dt]?frac\s{0,9}\{\s{0,9}(${PART})\s{0,9}\}\s{0,9}\{\s{0,9}(${PART})\s{0,9}\}` +
    String.raw`|(?<![\w./])(${PART})\s?\/\s?(\d{1,20})(?![\w/]|\.\d)|(?<![\w.])(${NUMBER})`,
  'g',
);
const HAS_DIGIT = /\d/;

/** A number in a text. */
export interface FoundNumber {
  readonly value: number;
  /** All of its digits, without commas, as JavaScript reads them; `0` for what is too small for a double. */
  readonly text: string;
}

/**
 * Finds the last number that a text names, which in an answer with its reasoning is the result: `1,234.5`, `-3`,
 * `2e-5`, `3/4`. Percent signs and units behind it are passed over; null where there is none.
 */
export function lastNumber(text: string): FoundNumber | null {
  let last: RegExpExecArray | undefined;
  for (const found of withUsualNumbers(text).matchAll(QUANTITY)) {
    if (HAS_DIGIT.test(found[0])) last = found;
  }
  if (last === undefined) return null;
  const [, sign = '', over, under, left, right, alone] = last;
  const divided = digitsOf(alone ?? over ?? left!);
  const divisor = under ?? right;
  if (divisor === undefined) return foundNumber(divided);
  const value = Number(divided) / Number(digitsOf(divisor));
  return foundNumber(String(/^[-−–]/.test(sign) ? -value : value));
}

function foundNumber(digits: string): FoundNumber | null {
  const value = Number(digits);
  return Number.isFinite(value) ? { value, text: value === 0 ? '0' : digits } : null;
}

/** Without what stands between groups, and without a plus in front. */
function digitsOf(written: string): string {
  const digits = written.replace(/^[−–]/, '-').replace(/^\+/, '');
  return digits.replaceAll(/[^\d.eE+-]/g, '');
}
