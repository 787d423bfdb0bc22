import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteInterner, HASH_START, hashByte } from './byte-interner.ts';

const hashOf = (bytes: Uint8Array) => bytes.reduce(hashByte, HASH_START);

describe('ByteInterner', () => {
  it('numbers byte strings by first appearance, as a map of strings would', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 400 }), (names) => {
        const interner = new ByteInterner();
        const numbers = new Map<string, number>();
        for (const name of names) {
          const key = Buffer.from(name).toString('hex');
          if (!numbers.has(key)) numbers.set(key, numbers.size);
          expect(interner.intern(name, 0, name.length, hashOf(name))).toBe(numbers.get(key));
        }
        expect(interner.count).toBe(numbers.size);
      }),
    );
  });

  it('keeps names apart whose hashes are the same', () => {
    const interner = new ByteInterner();
    for (let round = 0; round < 2; round++) {
      for (let k = 0; k < 500; k++) {
        const name = Buffer.from(`name ${k}`);
        expect(interner.intern(name, 0, name.length, 42)).toBe(k);
      }
    }
  });
});
