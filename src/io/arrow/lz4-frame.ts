const MAGIC = 0x184d2204;
/** The highest bit of a block's length: it is not packed. */
const PLAIN_BLOCK = 0x8000_0000;
const MIN_MATCH = 4;

/**
 * Unpacks a frame of LZ4 (its own description of frames and blocks, version 1.6.4). Checksums are not looked at.
 *
 * @param maxBytes more come out of no frame
 * @throws RangeError for bytes that are none, or more than these
 */
export function unpackLz4(packed: Uint8Array, maxBytes: number): Buffer {
  const input = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  const output = Buffer.allocUnsafeSlow(maxBytes);
  if (input.readUInt32LE(0) !== MAGIC) throw new RangeError('no frame of LZ4');
  const flags = input[4]!;
  const hasSize = (flags & 0x08) !== 0;
  const hasDictionary = (flags & 0x01) !== 0;
  const hasBlockChecksum = (flags & 0x10) !== 0;
  if (flags >> 6 !== 1 || hasDictionary) throw new RangeError('an unknown kind of LZ4');
  let at = 7 + (hasSize ? 8 : 0);
  let written = 0;
  while (true) {
    const length = input.readUInt32LE(at);
    at += 4;
    if (length === 0) return output.subarray(0, written);
    const size = length % PLAIN_BLOCK;
    if (at + size > input.length) throw new RangeError('a block ends too soon');
    const block = input.subarray(at, at + size);
    if (length >= PLAIN_BLOCK) {
      if (written + size > maxBytes) throw new RangeError('more than it says');
      written += block.copy(output, written);
    } else written = unpackBlock(block, output, written);
    at += size + (hasBlockChecksum ? 4 : 0);
  }
}

/** @returns how much of the output is written then; matches may reach back into earlier blocks */
function unpackBlock(input: Buffer, output: Buffer, start: number): number {
  let written = start;
  let at = 0;
  const longLength = (short: number): number => {
    let length = short;
    if (short !== 15) return length;
    let next: number;
    do {
      next = input.readUInt8(at++);
      length += next;
    } while (next === 255);
    return length;
  };
  while (at < input.length) {
    const token = input[at++]!;
    const literals = longLength(token >> 4);
    if (at + literals > input.length || written + literals > output.length) {
      throw new RangeError('texts end too soon');
    }
    written += input.copy(output, written, at, at + literals);
    at += literals;
    if (at === input.length) break;
    const distance = input.readUInt16LE(at);
    at += 2;
    const length = longLength(token & 15) + MIN_MATCH;
    if (distance === 0 || distance > written || written + length > output.length) {
      throw new RangeError('a match lies outside');
    }
    if (distance >= length)
      output.copyWithin(written, written - distance, written - distance + length);
    else
      for (let step = 0; step < length; step++)
        output[written + step] = output[written + step - distance]!;
    written += length;
  }
  return written;
}
