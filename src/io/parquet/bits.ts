/** Reads a number of at most 48 bits that begins at a bit, the lowest first. @throws RangeError beyond the end */
export function bitsAt(bytes: Buffer, bit: number, width: number): number {
  if (bit + width > 8 * bytes.length) throw new RangeError('the bits end too soon');
  let value = 0;
  let at = Math.floor(bit / 8);
  let skipped = bit % 8;
  for (let got = 0; got < width; ) {
    const take = Math.min(8 - skipped, width - got);
    value += ((bytes[at]! >> skipped) & ((1 << take) - 1)) * 2 ** got;
    got += take;
    skipped = 0;
    at++;
  }
  return value;
}

/** Reads an unsigned number of seven bits a byte. @returns it, and the place behind it @throws RangeError */
export function varintAt(
  bytes: Buffer,
  from: number,
): { readonly value: bigint; readonly end: number } {
  let value = 0;
  let at = from;
  for (let factor = 1; factor < 2 ** 42; factor *= 128) {
    const byte = bytes[at++];
    if (byte === undefined) throw new RangeError('the bytes end too soon');
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value: BigInt(value), end: at };
  }
  let large = BigInt(value);
  for (let shift = 42n; shift < 70n; shift += 7n) {
    const byte = bytes[at++];
    if (byte === undefined) throw new RangeError('the bytes end too soon');
    large |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return { value: large, end: at };
  }
  throw new RangeError('a number is too long');
}
