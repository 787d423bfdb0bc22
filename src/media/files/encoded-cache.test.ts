import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeldMedia, MediaBytes } from '../../core/media-part.ts';
import { EncodedCache } from './encoded-cache.ts';

/** Bytes of a size whose encoding is counted. */
function someBytes(name: string, size: number, encode?: () => Promise<Buffer>) {
  const encoded = Buffer.alloc(size, name).toString('base64');
  const counted = { encodings: 0 };
  const bytes: MediaBytes = {
    ...{ sha256: name, size, mediaType: 'image/png', name, store: null as never },
    encode: async () => {
      counted.encodings++;
      await new Promise((resolve) => setImmediate(resolve));
      return encode ? encode() : Buffer.from(encoded);
    },
    chunks: () => {
      throw new Error('not asked for');
    },
  };
  return { bytes, counted, encoded };
}

/** What of a list is settled by now. */
async function settled(promises: readonly Promise<unknown>[]): Promise<boolean[]> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  const pending = Symbol('pending');
  const races = promises.map((one) =>
    Promise.race([one, Promise.resolve(pending)]).then(
      (value) => value !== pending,
      () => true,
    ),
  );
  return Promise.all(races);
}

describe('encoded bytes', () => {
  it('are encoded once for however many hold them, and handed out without a copy', async () => {
    const cache = new EncodedCache(1000);
    const { bytes, counted, encoded } = someBytes('a', 30);
    const held = await Promise.all(Array.from({ length: 64 }, () => cache.hold([bytes, bytes])));
    expect(new Set(held.map((one) => one.base64Of(bytes).buffer)).size).toBe(1);
    expect(held[0]!.base64Of(bytes).toString()).toBe(encoded);
    for (const one of held) one.release();
    (await cache.hold([bytes])).release();
    expect(counted.encodings).toBe(1);
  });

  it('wait in turn where there is no room, and what is larger than the room comes alone', async () => {
    const cache = new EncodedCache(100);
    const [a, b, c] = [someBytes('a', 60), someBytes('b', 60), someBytes('c', 300)];
    const first = await cache.hold([a.bytes]);
    const second = cache.hold([b.bytes]);
    const third = cache.hold([c.bytes]);
    const fourth = cache.hold([a.bytes]);
    expect(await settled([second, third, fourth])).toEqual([false, false, true]);
    first.release();
    (await fourth).release();
    expect(await settled([second, third])).toEqual([true, false]);
    (await second).release();
    expect(await settled([third])).toEqual([true]);
    expect((await third).base64Of(c.bytes).toString()).toBe(c.encoded);
    (await third).release();
  });

  it('forget those that were used the longest ago', async () => {
    const cache = new EncodedCache(100);
    const [a, b, c] = [someBytes('a', 30), someBytes('b', 30), someBytes('c', 30)];
    for (const { bytes } of [a, b, a, c, a]) (await cache.hold([bytes])).release();
    expect([a, b, c].map(({ counted }) => counted.encodings)).toEqual([1, 1, 1]);
    (await cache.hold([b.bytes])).release();
    expect(b.counted.encodings).toBe(2);
  });

  it('that could not be read are read anew, and hold nobody up', async () => {
    const cache = new EncodedCache(50);
    const broken = someBytes('a', 30, () => Promise.reject(new Error('changed')));
    const whole = someBytes('b', 30);
    const both = cache.hold([broken.bytes, whole.bytes]);
    const next = cache.hold([whole.bytes]);
    await expect(both).rejects.toThrow('changed');
    (await next).release();
    await expect(cache.hold([broken.bytes])).rejects.toThrow('changed');
    expect(broken.counted.encodings).toBe(2);
  });

  it('that fail at once after a wait for room are said to be so, and keep no room', async () => {
    const cache = new EncodedCache(50);
    const [first, last] = [someBytes('a', 30), someBytes('c', 30)];
    const { bytes } = someBytes('b', 30);
    const broken = { ...bytes, encode: () => Promise.reject(new Error('too large')) };
    const held = await cache.hold([first.bytes]);
    const waiting = cache.hold([broken]);
    const next = cache.hold([last.bytes]);
    held.release();
    await expect(waiting).rejects.toThrow('too large');
    (await next).release();
  });

  it('never take more than the room unless one request alone does, and everyone gets theirs', async () => {
    const request = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 30 }), async (requests) => {
        const limit = 300;
        const cache = new EncodedCache(limit);
        const all = Array.from({ length: 10 }, (_, n) => someBytes(`${n}`, 15 * (n + 1)));
        const open = new Set<readonly number[]>();
        const done = requests.map(async (wanted) => {
          const held: HeldMedia = await cache.hold(wanted.map((n) => all[n]!.bytes));
          open.add(wanted);
          const inUse = new Set([...open].flat());
          const size = [...inUse].reduce((sum, n) => sum + 20 * (n + 1), 0);
          expect(size <= limit || open.size === 1).toBe(true);
          for (const n of wanted) {
            expect(held.base64Of(all[n]!.bytes).toString()).toBe(all[n]!.encoded);
          }
          await new Promise((resolve) => setImmediate(resolve));
          open.delete(wanted);
          held.release();
          held.release();
        });
        await Promise.all(done);
      }),
      { numRuns: 50 },
    );
  });
});
