import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { CallError } from '../../core/call-error.ts';
import type { FileStore, StoredFile } from '../../core/file-store.ts';
import type { MediaBytes } from '../../core/media-part.ts';
import { Uploads } from './uploads.ts';

const HOUR_MS = 60 * 60 * 1000;

/** A vendor's store on a clock. */
function fakeStore(clock: FakeClock, processingMs = 0) {
  const files = new Map<string, StoredFile & { readonly readyAtMs: number }>();
  const seen = { uploads: 0, atOnce: 0, mostAtOnce: 0, asked: 0, failNext: 0, breaks: false };
  const shown = (file: StoredFile & { readonly readyAtMs: number }): StoredFile => {
    const isReady = clock.monotonicMs() >= file.readyAtMs;
    if (!isReady) return { ...file, state: 'processing' };
    return seen.breaks ? { ...file, state: 'failed', failure: 'a codec it does not know' } : file;
  };
  const store: FileStore = {
    address: 'fake',
    upload: async ({ name, mediaType, size }) => {
      const sha256 = name?.replace('.mp4', '') ?? null;
      const id = `files/${++seen.uploads}`;
      seen.mostAtOnce = Math.max(seen.mostAtOnce, ++seen.atOnce);
      await new Promise<void>((resolve) => clock.after(100, resolve));
      seen.atOnce--;
      if (seen.failNext-- > 0) throw new CallError('server_error', 'it is down');
      const expiresAtMs = clock.wallMs() + 48 * HOUR_MS;
      const file = { name: id, uri: `uri/${id}`, mediaType, size, sha256, displayName: name };
      const readyAtMs = clock.monotonicMs() + processingMs;
      files.set(id, { ...file, state: 'active', failure: null, expiresAtMs, readyAtMs });
      return shown(files.get(id)!);
    },
    find: async (name) => {
      seen.asked++;
      const file = files.get(name);
      return file === undefined ? null : shown(file);
    },
    list: async function* () {
      yield [];
    },
    delete: async (name) => files.delete(name),
  };
  return { store, seen };
}

const bytes = (sha256: string): MediaBytes => ({
  ...{ sha256, size: 1, mediaType: 'video/mp4', name: `${sha256}.mp4`, store: null as never },
  encode: () => Promise.reject(new Error('not asked for')),
  chunks: () => {
    throw new Error('not asked for');
  },
});

describe('uploads', () => {
  it('bring the same bytes once, whoever asks, and wait until they are processed', async () => {
    const clock = new FakeClock();
    const { store, seen } = fakeStore(clock, 12_000);
    const kept: string[] = [];
    const uploads = new Uploads(clock, async (_, sha256, { name }) => {
      kept.push(`${sha256} ${name}`);
    });
    const asked = ['a', 'b', 'a', 'a'].map((name) => uploads.stored(bytes(name), store));
    const files = await clock.runUntil(Promise.all(asked));
    expect(files.map(({ uri }) => uri)).toEqual([
      'uri/files/1',
      'uri/files/2',
      'uri/files/1',
      'uri/files/1',
    ]);
    expect([seen.uploads, kept]).toEqual([2, ['a files/1', 'b files/2']]);
    expect(clock.monotonicMs()).toBeLessThan(30_000);
    // Paused for 1, 2, 4 and 8 s.
    expect(seen.asked).toBe(8);
    expect(clock.pendingTimers).toBe(0);
  });

  it('bring no more than four at once', async () => {
    const clock = new FakeClock();
    const { store, seen } = fakeStore(clock);
    const uploads = new Uploads(clock, async () => {});
    const names = Array.from({ length: 20 }, (_, n) => `f${n}`);
    await clock.runUntil(Promise.all(names.map((name) => uploads.stored(bytes(name), store))));
    expect([seen.uploads, seen.mostAtOnce]).toEqual([20, 4]);
  });

  it('that failed are made again by whoever asks next', async () => {
    const clock = new FakeClock();
    const { store, seen } = fakeStore(clock);
    seen.failNext = 1;
    const uploads = new Uploads(clock, async () => {});
    const first = [uploads.stored(bytes('a'), store), uploads.stored(bytes('a'), store)];
    const outcomes = await clock.runUntil(Promise.allSettled(first));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await clock.runUntil(uploads.stored(bytes('a'), store))).name).toBe('files/2');
  });

  it('of an earlier process count if they are still there', async () => {
    const clock = new FakeClock();
    const { store, seen } = fakeStore(clock);
    const before = await clock.runUntil(
      new Uploads(clock, async () => {}).stored(bytes('a'), store),
    );
    const next = new Uploads(clock, async () => {});
    next.recall('fake', 'a', before);
    next.recall('fake', 'b', { ...before, name: 'files/gone' });
    expect(await clock.runUntil(next.stored(bytes('a'), store))).toEqual(before);
    expect(seen.uploads).toBe(1);
    expect((await clock.runUntil(next.stored(bytes('b'), store))).name).toBe('files/2');
    // A list that names another file of the account does not have it sent.
    next.recall('fake', 'c', before);
    expect((await clock.runUntil(next.stored(bytes('c'), store))).name).toBe('files/3');
  });

  it('are made anew before they go', async () => {
    const clock = new FakeClock();
    const { store, seen } = fakeStore(clock);
    const uploads = new Uploads(clock, async () => {});
    await clock.runUntil(uploads.stored(bytes('a'), store));
    await clock.advance(46 * HOUR_MS);
    await clock.runUntil(uploads.stored(bytes('a'), store));
    expect(seen.uploads).toBe(1);
    await clock.advance(2 * HOUR_MS);
    const both = [uploads.stored(bytes('a'), store), uploads.stored(bytes('a'), store)];
    await clock.runUntil(Promise.all(both));
    expect(seen.uploads).toBe(2);
  });

  it('that the vendor cannot process are said to be so', async () => {
    const clock = new FakeClock();
    const { store, seen } = fakeStore(clock, 1_000);
    seen.breaks = true;
    const uploads = new Uploads(clock, async () => {});
    await expect(clock.runUntil(uploads.stored(bytes('a'), store))).rejects.toMatchObject({
      code: 'media_refused',
      message: 'a.mp4 could not be processed by the vendor (files/1): a codec it does not know',
    });
  });

  it('that are still processed when the run ends are waited for no longer', async () => {
    const clock = new FakeClock();
    const { store } = fakeStore(clock, HOUR_MS);
    const uploads = new Uploads(clock, async () => {});
    const file = uploads.stored(bytes('a'), store);
    const outcome = expect(file).rejects.toMatchObject({ code: 'cancelled' });
    await clock.advance(5_000);
    uploads.close();
    await outcome;
    expect(clock.pendingTimers).toBe(0);
  });

  it('of one account are not taken for those of another one at the same address', async () => {
    const clock = new FakeClock();
    const [mine, yours] = [fakeStore(clock), fakeStore(clock)];
    const uploads = new Uploads(clock, async () => {});
    const both = [mine, yours].map(({ store }) => uploads.stored(bytes('a'), store));
    await clock.runUntil(Promise.all(both));
    expect([mine.seen.uploads, yours.seen.uploads]).toEqual([1, 1]);
  });

  it('that have not begun when the run ends are not made', async () => {
    const clock = new FakeClock();
    const { store, seen } = fakeStore(clock);
    const uploads = new Uploads(clock, async () => {});
    const names = Array.from({ length: 20 }, (_, n) => `f${n}`);
    const all = Promise.allSettled(names.map((name) => uploads.stored(bytes(name), store)));
    await clock.advance(50);
    uploads.close();
    const outcomes = await clock.runUntil(all);
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(
      names.map((_, n) => n < 4),
    );
    expect(seen.uploads).toBe(4);
  });
});
