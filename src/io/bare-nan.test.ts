import { expect, it } from 'vitest';
import { withoutBareNaN } from './bare-nan.ts';

/** What comes of bytes that are cut into pieces of a size; the pieces' memory is used again, as a file's is. */
async function corrected(bytes: Buffer, cut: number): Promise<Buffer> {
  async function* pieces() {
    const piece = Buffer.alloc(cut);
    for (let at = 0; at < bytes.length; at += cut) {
      const length = bytes.copy(piece, 0, at);
      yield piece.subarray(0, length);
    }
  }
  const written: Buffer[] = [];
  for await (const one of withoutBareNaN(pieces())) written.push(Buffer.from(one));
  return Buffer.concat(written);
}

it('writes null for a bare NaN, and leaves texts, broken lines and other bytes as they are', async () => {
  const kept = ['{"a":"NaN é🦜"}\r', '', '{"NaN":NaN', 'NaN,NaN', '{"a":1.0}'];
  const before = [...kept, '{"a\\"NaN":NaN,"b":[NaN,"NaN"]}\r', '{"c":NaN}'].join('\n');
  const after = [...kept, '{"a\\"NaN":null,"b":[null,"NaN"]}\r', '{"c":null}'].join('\n');
  const broken = Buffer.concat([Buffer.from([0xff, 0x0a]), Buffer.from(before)]);
  for (const cut of [1, 7, 1000]) {
    const found = await corrected(broken, cut);
    expect(found.subarray(0, 2)).toEqual(Buffer.from([0xff, 0x0a]));
    expect(found.toString('utf8', 2)).toBe(after);
  }
});
