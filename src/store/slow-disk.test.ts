import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failingFiles } from '../../test/support/failing-files.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { someAnswer } from '../../test/support/some-answer.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { type FileLayer, nodeFiles } from '../io/index.ts';
import { Journal, readJournal } from './index.ts';

/** A disk each of whose writes takes as long as the list says, the last time for ever. */
function diskOf(writesMs: readonly number[], below: FileLayer = nodeFiles) {
  const clock = new FakeClock();
  const path = join(temporaryFolder(), 'journal.jsonl');
  /** How each write was made: before it returned, or by a thread. */
  const writes: ('at once' | 'thread')[] = [];
  let next = 0;
  const take = () => clock.pass(writesMs[Math.min(next++, writesMs.length - 1)]!);
  const files: FileLayer = {
    ...below,
    async write(...args) {
      writes.push('thread');
      // Whoever else has something to do does it meanwhile.
      for (let turn = 0; turn < 3; turn++) await turnOfTheLoop();
      take();
      return below.write(...args);
    },
    writeSync(...args) {
      writes.push('at once');
      take();
      return below.writeSync(...args);
    },
  };
  return { clock, path, files, writes };
}

function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function rowsIn(path: string): Promise<number[]> {
  const rows: number[] = [];
  const summary = await readJournal(path, (entry) => {
    if (entry.type === 'answer') rows.push(entry.answer.key.row);
  });
  expect(summary).toMatchObject({ corrupt: [], tornBytes: 0, repeated: 0 });
  return rows;
}

describe('a journal on a slow disk', () => {
  it('leaves writing to a thread from one that took longer than 20 ms until one is fast again', async () => {
    const { files, writes, clock, path } = diskOf([1, 20, 21, 500, 30, 20, 0]);
    const journal = await Journal.open(path, { clock, files });
    for (let row = 0; row < 8; row++) await journal.append(someAnswer({ row }));
    await journal.close();
    // The first slow one is found out by waiting for it.
    expect(writes).toEqual([
      ...Array(3).fill('at once'),
      ...Array(3).fill('thread'),
      ...Array(2).fill('at once'),
    ]);
    expect(await rowsIn(path)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('writes what comes while the thread is at work together, and in order', async () => {
    const { files, writes, clock, path } = diskOf([100]);
    const journal = await Journal.open(path, { clock, files });
    await journal.append(someAnswer({ row: 0 }));
    const resolved: number[] = [];
    const appended: Promise<unknown>[] = [];
    const add = (row: number) =>
      appended.push(journal.append(someAnswer({ row })).then(() => resolved.push(row)));
    add(1);
    await turnOfTheLoop();
    expect(writes).toEqual(['at once', 'thread']);
    for (const row of [2, 3]) add(row);
    await turnOfTheLoop();
    for (const row of [4, 5]) add(row);
    await Promise.all(appended);
    await journal.close();
    expect(writes).toEqual(['at once', 'thread', 'thread']);
    expect(resolved).toEqual([1, 2, 3, 4, 5]);
    expect(await rowsIn(path)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('tells the right places whichever way it writes', async () => {
    const { files, writes, clock, path } = diskOf([0, 50, 50, 0, 0, 50, 0]);
    const journal = await Journal.open(path, { clock, files });
    const appended = [];
    for (let row = 0; row < 200; row++) {
      appended.push(journal.append(someAnswer({ row }, { texts: ['é'.repeat(row * 40)] })));
      if (row % 3 === 0) await turnOfTheLoop();
    }
    const places = await Promise.all(appended);
    await journal.close();
    expect(new Set(writes)).toEqual(new Set(['at once', 'thread']));
    const bytes = readFileSync(path);
    for (const [row, { offset, length }] of places.entries()) {
      expect(JSON.parse(bytes.toString('utf8', offset, offset + length))).toMatchObject({ row });
    }
    expect(await rowsIn(path)).toEqual(places.map((_, row) => row));
  });

  it('is closed only when the thread has written everything', async () => {
    const { files, clock, path } = diskOf([100]);
    const journal = await Journal.open(path, { clock, files });
    await journal.append(someAnswer({ row: 0 }));
    const last = journal.append(someAnswer({ row: 1 }));
    await journal.close();
    await last;
    expect(await rowsIn(path)).toEqual([0, 1]);
  });

  it('loses nothing that it reported safe, whichever write fails in whichever way', async () => {
    const bursts = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 6 });
    const speeds = fc.array(fc.constantFrom(0, 50), { minLength: 1, maxLength: 6 });
    const faults = fc.constantFrom('ENOSPC', 'EIO', 'short');
    const places = fc.integer({ min: 1, max: 6 });
    await fc.assert(
      fc.asyncProperty(bursts, speeds, faults, places, async (sizes, speed, fault, at) => {
        const failing = failingFiles({ at, fault, only: ['write'] });
        const { files, clock, path } = diskOf(speed, failing.files);
        const journal = await Journal.open(path, { clock, files });
        const safe: number[] = [];
        const lost: number[] = [];
        const appended: Promise<unknown>[] = [];
        let row = 0;
        for (const size of sizes) {
          for (let i = 0; i < size; i++) {
            const own = row++;
            const answer = someAnswer({ row: own }, { texts: ['é'.repeat(own * 7)] });
            appended.push(
              journal.append(answer).then(
                () => safe.push(own),
                () => lost.push(own),
              ),
            );
          }
          await turnOfTheLoop();
        }
        await Promise.all(appended);
        const closed = await journal.close().then(
          () => 'well',
          () => 'failed',
        );
        expect(closed).toBe(lost.length === 0 ? 'well' : 'failed');
        expect(safe).toEqual(Array.from({ length: safe.length }, (_, k) => k));
        expect(safe.length + lost.length).toBe(row);
        expect(await rowsIn(path)).toEqual(safe);
      }),
      { numRuns: 150 },
    );
  });
});
