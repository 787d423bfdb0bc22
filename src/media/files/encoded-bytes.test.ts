import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Base64Writer } from './encoded-bytes.ts';

it('encodes pieces of any length as their whole would be encoded', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 20 }), (pieces) => {
      const whole = Buffer.concat(pieces);
      const writer = new Base64Writer(whole.length);
      const shared = Buffer.alloc(20);
      for (const piece of pieces) {
        shared.set(piece);
        writer.write(shared.subarray(0, piece.length));
        shared.fill(0);
      }
      expect(writer.end().toString()).toBe(whole.toString('base64'));
    }),
  );
});
