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

/**
 * Finds the last number that a text names, which in an answer with its reasoning is the result: `1,234.5`, `-3`,
 * `2e-5`, `3/4`. Percent signs and units behind it are passed over; null where there is none.
 */
export function lastNumber(text: string): number | null {
  let last: RegExpExecArray | undefined;
  for (const found of withUsualDigits(text).matchAll(QUANTITY)) {
    if (HAS_DIGIT.test(found[0])) last = found;
  }
  if (last === undefined) return null;
  const [, sign = '', over, under, left, right, alone] = last;
  const value =
    alone !== undefined
      ? amountOf(alone)
      : (amountOf(over ?? left!) / amountOf(under ?? right!)) * amountOf(`${sign}1`);
  return Number.isFinite(value) ? value : null;
}

/** Chinese and Japanese texts may have digits as wide as their letters. */
function withUsualDigits(text: string): string {
  return text.replace(/[．，０-９]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

function amountOf(written: string): number {
  return Number(written.replace(/^[−–]/, '-').replaceAll(/[^\d.eE+-]/g, ''));
}
