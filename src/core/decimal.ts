const NUMBER = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** Larger ones are no double's, and make numbers that are slow to reckon with. */
const MAX_EXPONENT = 1_000;
/** With more zeros than this a number is written with an exponent. */
const MAX_ZEROS = 20;

/** Tells whether two numbers in text are worth just the same, whether or not a double can tell them apart. */
export function isSameDecimal(a: string, b: string): boolean {
  const [x, y] = [decimalOf(a), decimalOf(b)];
  return x !== null && y !== null && x.digits === y.digits && x.exponent === y.exponent;
}

/** A number in text, written in the one way in which all that are worth just the same are; null where it is none. */
export function decimalKey(text: string): string | null {
  const decimal = decimalOf(text);
  if (decimal === null) return null;
  const { digits, exponent } = decimal;
  if (exponent < -MAX_ZEROS || exponent > MAX_ZEROS) return `${digits}e${exponent}`;
  const sign = digits.startsWith('-') ? '-' : '';
  const unsigned = digits.slice(sign.length);
  if (exponent >= 0) return `${sign}${unsigned}${'0'.repeat(exponent)}`;
  const whole = unsigned.slice(0, exponent) || '0';
  return `${sign}${whole}.${unsigned.slice(exponent).padStart(-exponent, '0')}`;
}

/** How far two numbers in text lie apart, by all of their digits; null where one is no number, or beyond all measure. */
export function decimalDistance(a: string, b: string): number | null {
  const [x, y] = [decimalOf(a), decimalOf(b)];
  if (x === null || y === null) return null;
  if ([x, y].some(({ exponent }) => Math.abs(exponent) > MAX_EXPONENT)) return null;
  const exponent = Math.min(x.exponent, y.exponent);
  const whole = (one: Decimal) => BigInt(one.digits) * 10n ** BigInt(one.exponent - exponent);
  const difference = whole(x) - whole(y);
  return Number(`${difference < 0n ? -difference : difference}e${exponent}`);
}

/** A whole number without zeros at its end, times a power of ten. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

function decimalOf(text: string): Decimal | null {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return whole + fraction === '' ? null : { digits: '0', exponent: 0 };
  const significant = withoutZerosAtEnd(digits);
  const zeros = digits.length - significant.length;
  return { digits: sign + significant, exponent: Number(exponent) - fraction.length + zeros };
}

function withoutZerosAtEnd(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
