/** Writes a number as JSON; null for NaN. An infinite one is larger than any that JSON's readers know. */
export function doubleText(value: number): string | null {
  if (Number.isNaN(value)) return null;
  if (Object.is(value, -0)) return '-0';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '1e999' : '-1e999';
}

/** Writes a number of 32 bits with as many digits as tell it from its neighbours; null for NaN. */
export function floatText(value: number): string | null {
  const isPlain = Number.isInteger(value) && Math.abs(value) < 2 ** 24;
  if (isPlain || !Number.isFinite(value)) return doubleText(value);
  return shortest(value);
}

/** Writes a number of 16 bits, with its digits; null for NaN. */
export function halfText(bytes: Buffer): string | null {
  const bits = bytes.readUInt16LE(0);
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return doubleText(fraction === 0 ? sign * Number.POSITIVE_INFINITY : NaN);
  const value = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return doubleText(sign * value);
}

const SINGLE = new Float32Array(1);
const SINGLE_BITS = new Uint32Array(SINGLE.buffer);

/** Of 32 bits, and not 0. Most need more than 6 digits; of a power of 2, whose neighbours are not equally far, fewer may do where more do not. */
function shortest(value: number): string {
  SINGLE[0] = value;
  const isPowerOfTwo = (SINGLE_BITS[0]! & 0x7fffff) === 0;
  const isLong = !isPowerOfTwo && Math.fround(Number(value.toPrecision(6))) !== value;
  for (let count = isLong ? 7 : 1; count < 9; count++) {
    const shorter = Number(value.toPrecision(count));
    if (Math.fround(shorter) === value) return String(shorter);
  }
  return String(Number(value.toPrecision(9)));
}

/** The whole number that bytes are, the highest first, in two's complement. */
export function signedInteger(bytes: Buffer): bigint {
  if (bytes.length === 0) return 0n;
  return BigInt.asIntN(8 * bytes.length, BigInt(`0x${bytes.toString('hex')}`));
}

/** Writes a whole number with its last `scale` digits behind the point. */
export function decimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
