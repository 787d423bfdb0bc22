import { spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failingFiles } from '../../test/support/failing-files.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import type { Answer } from '../core/answer.ts';
import { type FileLayer, nodeFiles } from '../io/index.ts';
import { Journal, type JournalPlace, readJournal } from './index.ts';

function newPath(): string {
  return join(temporaryFolder(), 'journal.jsonl');
}

async function answersIn(path: string): Promise<Answer[]> {
  const found: Answer[] = [];
  await readJournal(path, (entry) => {
    if (entry.type === 'answer') found.push(entry.answer);
  });
  return found;
}

function counting(): { files: FileLayer; calls: Record<string, number> } {
  const calls: Record<string, number> = {};
  const count = <T extends keyof FileLayer>(name: T): FileLayer[T] =>
    ((...args: never[]) => {
      calls[name] = (calls[name] ?? 0) + 1;
      return (nodeFiles[name] as (...args: never[]) => unknown)(...args);
    }) as FileLayer[T];
  const [write, writeSync, fdatasync] = [count('write'), count('writeSync'), count('fdatasync')];
  return { files: { ...nodeFiles, write, writeSync, fdatasync }, calls };
}

test('answers are read back as they were written, at the places that were told', async () => {
  const path = newPath();
  const journal = await Journal.open(path, { clock: new FakeClock() });
  const answers = [
    someAnswer({ row: 3 }, { texts: ['a "quoted" é 💡 \ud800 \0\n'], firstTokenMs: 12.25 }),
    someAnswer({ row: 1, name: 'critique "é"/2' }, { texts: ['one', 'two'], cached: true }),
    failedAnswer({ row: 0 }, { hint: 'Wait.', partialText: 'half' }),
  ];
  const marks = [null, { hash: 'ab', lane: 'é' }, null];
  const places = await Promise.all([
    ...answers.map((answer, i) => journal.append(answer, marks[i])),
    new Promise<JournalPlace>((written, failed) => {
      const end = { result: ['é'], answer: someAnswer({ row: 1 }), wallMs: 3 };
      journal.endRow(1, end, undefined, { written, failed });
    }),
  ]);
  await journal.close();
  const bytes = readFileSync(path);
  expect(await answersIn(path)).toEqual(answers);
  const written = [
    { v: 1, type: 'answer', row: 3 },
    { v: 2, type: 'answer', row: 1, call: 'critique "é"/2', ...marks[1] },
    { v: 1, type: 'answer', row: 0 },
    { v: 2, type: 'row', row: 1, response: ['é'] },
  ];
  for (const [i, place] of places.entries()) {
    const line = bytes.subarray(place.offset, place.offset + place.length).toString();
    expect(JSON.parse(line)).toMatchObject(written[i]!);
    expect(bytes[place.offset + place.length]).toBe(0x0a);
  }
});

test('a line has the form that is documented', async () => {
  const path = newPath();
  const journal = await Journal.open(path, { clock: new FakeClock() });
  await journal.append(failedAnswer({ row: 7 }, { hint: 'Wait.' }));
  await journal.close();
  expect(readFileSync(path, 'utf8')).toBe(
    '{"v":1,"type":"answer","row":7,"turn":0,"sample":0,"response":null,"answer":' +
      '{"status":"error","error":{"code":"server_error","message":"The server answered 500",' +
      '"hint":"Wait.","retryable":true,"http_status":500},"model":null,"finish_reason":null,' +
      '"usage":{"input":null,"cached":null,"output":null,"reasoning":null},"cost_usd":null,' +
      '"latency_ms":812.5,"attempts":1,"started_at":"2026-01-01T00:00:00.000Z",' +
      '"request_id":null,"cached":false}}\n',
  );
});

test('answers that come together are written together', async () => {
  const { files, calls } = counting();
  const journal = await Journal.open(newPath(), { clock: new FakeClock(), files });
  await Promise.all(Array.from({ length: 1000 }, (_, row) => journal.append(someAnswer({ row }))));
  expect(calls).toEqual({ writeSync: 1 });
  await journal.close();
});

test('an answer is written in the turn of the event loop after it came', async () => {
  const path = newPath();
  const journal = await Journal.open(path, { clock: new FakeClock() });
  const appended = journal.append(someAnswer());
  await new Promise((resolve) => setImmediate(resolve));
  expect(readFileSync(path, 'utf8').endsWith('}\n')).toBe(true);
  await appended;
  await journal.close();
});

test('many answers that come one after the other in one turn do not wait for its end', async () => {
  const path = newPath();
  const { files, calls } = counting();
  const journal = await Journal.open(path, { clock: new FakeClock(), files });
  const linesAfter = async (count: number) => {
    // Each comes in a callback of its own, as from many sockets.
    for (let row = 0; row < count; row++) {
      void journal.append(someAnswer({ row }));
      await new Promise<void>((resolve) => process.nextTick(resolve));
    }
    return readFileSync(path, 'utf8').split('\n').length - 1;
  };
  expect(await linesAfter(40)).toBe(32);
  expect(calls).toEqual({ writeSync: 2 });
  await new Promise((resolve) => setImmediate(resolve));
  expect(readFileSync(path, 'utf8').split('\n').length - 1).toBe(40);
  await journal.close();
});

test('what was written is synced after a second, and only then', async () => {
  const clock = new FakeClock();
  const { files, calls } = counting();
  const journal = await Journal.open(newPath(), { clock, files });
  await journal.append(someAnswer());
  await clock.advance(999);
  expect(calls.fdatasync).toBeUndefined();
  await clock.advance(1);
  await expect.poll(() => calls.fdatasync).toBe(1);
  await clock.advance(5000);
  expect(calls.fdatasync).toBe(1);
  await expect.poll(() => clock.pendingTimers).toBe(0);
  await journal.append(someAnswer({ row: 1 }));
  await journal.close();
  expect(calls.fdatasync).toBe(2);
  expect(clock.pendingTimers).toBe(0);
});

test('a full disk ends the journal, and the message says where and how many are safe', async () => {
  const path = newPath();
  const { files } = failingFiles({ at: 2, fault: 'ENOSPC', only: ['write'] });
  const told: unknown[] = [];
  const journal = await Journal.open(path, {
    clock: new FakeClock(),
    files,
    savedBefore: 10,
    onFailure: (error) => told.push(error),
  });
  await journal.append(someAnswer({ row: 0 }));
  const lost = await journal.append(someAnswer({ row: 1 })).catch((error) => error);
  expect(lost).toMatchObject({ code: 'disk_full' });
  expect(lost.message).toContain(`11 answers are safe in ${join(path, '..')}`);
  await expect(journal.append(someAnswer({ row: 2 }))).rejects.toBe(lost);
  await expect(journal.close()).rejects.toBe(lost);
  expect(told).toEqual([lost]);
  expect((await answersIn(path)).map((answer) => answer.key.row)).toEqual([0]);
});

test('whole lines of a write that broke off count, the torn one is cut off', async () => {
  const path = newPath();
  let writes = 0;
  const writeSync: FileLayer['writeSync'] = (fd, bytes, offset, length) => {
    if (++writes > 1) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    return nodeFiles.writeSync(fd, bytes, offset, Math.ceil(length * 0.5));
  };
  const journal = await Journal.open(path, {
    clock: new FakeClock(),
    files: { ...nodeFiles, writeSync },
  });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 5 }, (_, row) => journal.append(someAnswer({ row }))),
  );
  expect(outcomes.map((outcome) => outcome.status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'rejected',
    'rejected',
  ]);
  expect(readFileSync(path, 'utf8').endsWith('}\n')).toBe(true);
  expect((await answersIn(path)).map((answer) => answer.key.row)).toEqual([0, 1]);
});

test('a failed sync ends the journal and is not repeated', async () => {
  const clock = new FakeClock();
  const failing = failingFiles({ at: 1, fault: 'EIO', only: ['fdatasync'] });
  let syncs = 0;
  const fdatasync = (fd: number) => {
    syncs++;
    return failing.files.fdatasync(fd);
  };
  const files = { ...failing.files, fdatasync };
  const journal = await Journal.open(newPath(), { clock, files });
  await journal.append(someAnswer());
  await clock.advance(1000);
  await expect.poll(() => journal.failure).toMatchObject({ code: 'file_unwritable' });
  expect(journal.failure?.message).toContain('0 answers are safe');
  await expect(journal.append(someAnswer({ row: 1 }))).rejects.toBe(journal.failure);
  await expect(journal.close()).rejects.toBe(journal.failure);
  expect(syncs).toBe(1);
});

/** Appends in bursts; returns the rows whose append resolved and whether all went well. */
async function session(path: string, files: FileLayer, bursts: readonly number[]) {
  const clock = new FakeClock();
  const safe: number[] = [];
  let lost = 0;
  let row = 0;
  try {
    await readJournal(path, () => {}, { repair: true, files }).catch((error) => {
      if (error.code !== 'file_missing') throw error;
    });
    const journal = await Journal.open(path, { clock, files });
    const waits: Promise<unknown>[] = [];
    for (const burst of bursts) {
      for (let i = 0; i < burst; i++) {
        const own = row++;
        const texts = ['é'.repeat(own * 7)];
        const appended = journal.append(someAnswer({ row: own }, { texts }));
        waits.push(
          appended.then(
            () => safe.push(own),
            () => lost++,
          ),
        );
      }
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(500);
    }
    await Promise.all(waits);
    await journal.close();
    return { safe, good: lost === 0 };
  } catch {
    return { safe, good: false };
  }
}

test('whichever operation fails, what was reported safe is there and the journal goes on', async () => {
  const faults = fc.constantFrom('ENOSPC', 'EIO', 'short');
  const bursts = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(bursts, faults, fc.boolean(), async (sizes, fault, forGood) => {
      for (let at = 1; ; at++) {
        const path = newPath();
        const failing = failingFiles({ at, fault, forGood });
        const first = await session(path, failing.files, sizes);
        if (!failing.failed()) {
          expect(first.good).toBe(true);
          break;
        }
        await readJournal(path, () => {}, { repair: true }).catch((error) => {
          expect(error.code).toBe('file_missing');
          writeFileSync(path, '');
        });
        const rows = (await answersIn(path)).map((answer) => answer.key.row);
        expect(rows).toEqual(expect.arrayContaining(first.safe));
        const journal = await Journal.open(path, { clock: new FakeClock() });
        await journal.append(someAnswer({ row: 999 }));
        await journal.close();
        const summary = await readJournal(path, () => {});
        expect(summary).toMatchObject({ answers: rows.length + 1, corrupt: [], tornBytes: 0 });
      }
    }),
    { numRuns: 12 },
  );
});

test('what a killed process had reported is in the file', async () => {
  const script = fileURLToPath(
    new URL('../../test/support/append-until-killed.ts', import.meta.url),
  );
  for (const delayMs of [5, 40, 90]) {
    const path = newPath();
    const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    let reported = '';
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), delayMs));
    child.stdout.on('data', (bytes) => {
      reported += bytes;
    });
    await new Promise((resolve) => child.stdout.on('close', resolve));
    const rows = reported.slice(0, reported.lastIndexOf('\n')).split('\n').map(Number);
    expect(rows.length).toBeGreaterThan(0);
    const summary = await readJournal(path, () => {}, { repair: true });
    expect(summary.corrupt).toEqual([]);
    const found = new Set((await answersIn(path)).map((answer) => answer.key.row));
    expect(rows.filter((row) => !found.has(row))).toEqual([]);
    expect(statSync(path).size).toBeGreaterThan(0);
  }
});
