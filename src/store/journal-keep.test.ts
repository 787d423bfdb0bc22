import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failingFiles } from '../../test/support/failing-files.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { someAnswer } from '../../test/support/some-answer.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { type FileLayer, nodeFiles } from '../io/index.ts';
import { isAsWritten } from './appended-file.ts';
import { Journal } from './index.ts';
import { onlyAnswerStart } from './journal-line.ts';

const openJournal = async (files: FileLayer = nodeFiles, clock = new FakeClock()) => {
  const path = join(temporaryFolder(), 'journal.jsonl');
  return { path, journal: await Journal.open(path, { clock, files }) };
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('who waits for a line', () => {
  it.each([
    ['at the end of the turn, however many other lines there are', 15, 0],
    ['before the end of the turn where 16 answers came in it', 16, 21],
  ])('is told %s', async (_, answers, toldAtOnce) => {
    const { journal } = await openJournal();
    let told = 0;
    const waiter = { written: () => told++, failed: expect.unreachable };
    const end = (row: number) =>
      journal.endRow(
        row,
        { result: null, answer: someAnswer({ row }), wallMs: 1 },
        undefined,
        waiter,
      );
    for (let row = 0; row < 5; row++) end(row);
    for (let row = 0; row < answers; row++)
      journal.keep(someAnswer({ row }), null, undefined, waiter);
    await new Promise<void>((resolve) => process.nextTick(resolve));
    expect(told).toBe(toldAtOnce);
    await turn();
    expect(told).toBe(answers + 5);
    await journal.close();
  });

  it('may keep another when it is told, which is written behind all that wait', async () => {
    const { path, journal } = await openJournal();
    const places: number[] = [];
    const keep = (row: number): void =>
      journal.keep(someAnswer({ row }, { texts: ['é'.repeat(row)] }), null, `id ${row}`, {
        written: ({ offset, length, content }) => {
          const bytes = readFileSync(path).subarray(offset, offset + length);
          const end = `,"id":"id ${row}"}`;
          expect(bytes.toString()).toBe(`${onlyAnswerStart(row)}${content}${end}`);
          places.push(row);
          if (row < 8) keep(row + 4);
        },
        failed: expect.unreachable,
      });
    for (const row of [0, 1, 2, 3]) keep(row);
    await turn();
    await journal.close();
    expect(places).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(journal.saved).toBe(12);
  });

  it('is told once that it cannot be kept, and so is who keeps one then', async () => {
    const plan = { at: 1, fault: 'ENOSPC', only: ['write'], forGood: true } as const;
    const { journal } = await openJournal(failingFiles(plan).files);
    const told: string[] = [];
    const keep = (row: number): void =>
      journal.keep(someAnswer({ row }), null, undefined, {
        written: () => told.push(`${row} written`),
        failed: (error) => {
          told.push(`${row} ${(error as { code: string }).code}`);
          if (row < 2) keep(row + 10);
        },
      });
    for (const row of [0, 1, 2]) keep(row);
    expect(told).toEqual([]);
    await expect.poll(() => told).toHaveLength(5);
    keep(20);
    expect(told).toHaveLength(5);
    await turn();
    expect(told).toEqual([0, 1, 2, 10, 11, 20].map((row) => `${row} disk_full`));
    await expect(journal.close()).rejects.toMatchObject({ code: 'disk_full' });
  });

  it('has its line in the file that a torn write left, and nobody else has', async () => {
    const plan = { at: 1, fault: 'short', only: ['write'] } as const;
    const short = failingFiles(plan).files;
    let writes = 0;
    const writeSync: FileLayer['writeSync'] = (...given) => {
      if (++writes === 2) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      return short.writeSync(...given);
    };
    const { path, journal } = await openJournal({ ...short, writeSync });
    const told: string[] = [];
    for (const row of [0, 1, 2, 3]) {
      journal.keep(someAnswer({ row }), null, undefined, {
        written: () => told.push(`${row} written`),
        failed: () => told.push(`${row} failed`),
      });
    }
    await expect.poll(() => told).toHaveLength(4);
    expect(told.toSorted()).toEqual(['0 written', '1 written', '2 failed', '3 failed']);
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
    await expect(journal.close()).rejects.toMatchObject({ code: 'disk_full' });
  });
});

describe('what a journal says that it has written', () => {
  it.each([0, 50])('is what is in the file, on a disk that takes %s ms', async (delayMs) => {
    const clock = new FakeClock();
    const writeSync: FileLayer['writeSync'] = (...given) => {
      clock.pass(delayMs);
      return nodeFiles.writeSync(...given);
    };
    const { path, journal } = await openJournal({ ...nodeFiles, writeSync }, clock);
    for (let row = 0; row < 12; row++) {
      const answer = someAnswer({ row }, { texts: ['ü'.repeat(row * 1000)] });
      if (row % 3 === 0) await journal.append(answer);
      else void journal.append(answer);
    }
    await journal.close();
    expect(journal.written).toMatchObject({ from: 0, to: readFileSync(path).length });
    const isWritten = (change: object = {}) =>
      isAsWritten(path, { ...journal.written, ...change }, nodeFiles);
    expect(await isWritten()).toBe(true);
    expect(await isWritten({ checksum: journal.written.checksum ^ 1 })).toBe(false);
    expect(await isWritten({ to: journal.written.to - 1 })).toBe(false);
    expect(await isWritten({ from: 1 })).toBe(false);
  });

  it('begins where the file ended when it was opened', async () => {
    const { path, journal } = await openJournal();
    await journal.append(someAnswer());
    await journal.close();
    const more = await Journal.open(path, { clock: new FakeClock(), runId: 'x' });
    const from = readFileSync(path).length;
    await more.append(someAnswer({ row: 1 }));
    await more.close();
    expect(more.written).toMatchObject({ from, to: readFileSync(path).length });
    expect(await isAsWritten(path, more.written, nodeFiles)).toBe(true);
  });
});
