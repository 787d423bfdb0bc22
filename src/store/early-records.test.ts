import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failingFiles } from '../../test/support/failing-files.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { only, savedRun } from '../../test/support/saved-run.ts';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import type { Answer } from '../core/answer.ts';
import { type FileLayer, nodeFiles } from '../io/index.ts';
import { RowTable } from './in-memory.ts';
import { EarlyRecords, Journal, type JournalPlace, runFolder, writeCompleted } from './index.ts';

/** Four of them are more than what is held back before it is written. */
const LONG = 'é'.repeat(100_000);

/** Six rows; half of them are written as records already, half are still held. */
const ANSWERS: readonly Answer[] = [0, 1, 2, 3, 4, 5].map((row) =>
  row === 2 ? failedAnswer({ row }) : someAnswer({ row }, { texts: [LONG + row] }),
);

/** A run of which all rows have been answered, and its records so far. */
async function answeredRun(files: FileLayer = nodeFiles, journalFiles: FileLayer = nodeFiles) {
  const folder = runFolder(temporaryFolder());
  const texts = ANSWERS.map((_, row) => `{"id":${row}}`);
  writeFileSync(folder.input, texts.map((text) => `${text}\n`).join(''));
  const journal = await Journal.open(folder.journal, {
    ...{ clock: new FakeClock(), runId: 'x', files: journalFiles },
  });
  let looks = 0;
  const lstat: FileLayer['lstat'] = (path) => {
    looks++;
    return files.lstat(path);
  };
  const early = (await EarlyRecords.open(folder, { ...files, lstat }))!;
  early.follow(journal);
  const table = new RowTable();
  const keep = async (answer: Answer) => {
    const { row } = answer.key;
    early.begin(row, texts[row]!);
    table.addRow({ offset: 9 * row, line: row + 1, entry: 0, single: true });
    const { offset, content } = await journal.append(answer);
    table.addAnswer(row, offset, answer.status === 'ok');
    early.end(row, content, answer.status !== 'ok');
  };
  for (const answer of ANSWERS.slice(0, 4)) await keep(answer);
  return {
    folder,
    /** Waits until a part is written: both files are looked at when they are made, before that, and after it. */
    untilWritten: () => expect.poll(() => looks).toBe(6),
    /** What was begun, by name. */
    begun: () => readdirSync(folder.path).filter((name) => name.endsWith('.tmp')),
    async finish() {
      for (const answer of ANSWERS.slice(4)) await keep(answer);
      await journal.close();
      return writeCompleted({ folder, table, notSent: () => '', early });
    },
  };
}

function filesOf(path: string): { completed: string; failed: string } {
  const read = (name: string) => readFileSync(join(path, `${name}.jsonl`), 'utf8');
  return { completed: read('completed'), failed: read('failed') };
}

/** What is made of input and journal alone. */
async function expected() {
  const rows = ANSWERS.map((_, row) => ({ text: `{"id":${row}}` }));
  const { folder, options } = savedRun(rows, ANSWERS.map(only));
  await writeCompleted(options);
  return filesOf(folder.path);
}

it('records that were written while a run went on are those that are made in the end', async () => {
  const run = await answeredRun();
  await run.untilWritten();
  expect(await run.finish()).toEqual({ records: 6, failed: 1, lost: 0 });
  expect(filesOf(run.folder.path)).toEqual(await expected());
  expect(run.begun()).toEqual([]);
});

describe('records are made of input and journal when what was written of them', () => {
  it.each<[string, (path: string) => void]>([
    ['was deleted', unlinkSync],
    ['was moved', (path) => renameSync(path, `${path}.moved`)],
    [
      'was replaced by a copy',
      (path) => {
        copyFileSync(path, `${path}2`);
        renameSync(`${path}2`, path);
      },
    ],
    [
      'was replaced by a link',
      (path) => {
        writeFileSync(`${path}.other`, 'precious');
        unlinkSync(path);
        symlinkSync(`${path}.other`, path);
      },
    ],
    ['has a second name', (path) => linkSync(path, `${path}.other`)],
    ['was cut off', (path) => truncateSync(path, 10)],
    ['was written to', (path) => appendFileSync(path, '{"id":"other"}\n')],
    [
      'was changed in place',
      (path) => {
        writeFileSync(path, '#', { flag: 'r+' });
        // However coarse the clock of the disk is.
        utimesSync(path, new Date(), new Date(2030, 0));
      },
    ],
    ['was made read-only', (path) => chmodSync(path, 0o400)],
  ])('%s', async (_, change) => {
    const run = await answeredRun();
    await run.untilWritten();
    const { path } = run.folder;
    for (const name of run.begun()) change(join(path, name));
    await run.finish();
    expect(filesOf(path)).toEqual(await expected());
    expect(run.begun()).toEqual([]);
  });

  it('was replaced by a folder', async () => {
    const run = await answeredRun();
    await run.untilWritten();
    for (const name of run.begun()) {
      unlinkSync(join(run.folder.path, name));
      mkdirSync(join(run.folder.path, name));
    }
    await run.finish();
    expect(filesOf(run.folder.path)).toEqual(await expected());
  });
});

it('files that cannot be written give back their space while the run goes on', async () => {
  const { files } = failingFiles({ at: 1, fault: 'ENOSPC', only: ['write'] });
  const run = await answeredRun(files);
  await expect.poll(run.begun).toEqual([]);
  await run.finish();
  expect(filesOf(run.folder.path)).toEqual(await expected());
});

it.each(['ENOSPC', 'EDQUOT'])(
  'on a full disk (%s) the answers get the space of the records',
  async (fault) => {
    let writes = 0;
    const writeSync: FileLayer['writeSync'] = (fd, bytes, offset, length) => {
      // The second answer is written in part, and then there is no room until some was made.
      if (++writes === 2) return nodeFiles.writeSync(fd, bytes, offset, length >> 1);
      if (writes === 3) throw Object.assign(new Error('full'), { code: fault });
      return nodeFiles.writeSync(fd, bytes, offset, length);
    };
    const run = await answeredRun(nodeFiles, { ...nodeFiles, writeSync });
    expect(run.begun()).toEqual([]);
    await run.finish();
    expect(filesOf(run.folder.path)).toEqual(await expected());
  },
);

it('a disk that is full without any records ends the journal', async () => {
  const { files } = failingFiles({ at: 3, fault: 'ENOSPC', only: ['write'], forGood: true });
  await expect(answeredRun(nodeFiles, files)).rejects.toMatchObject({ code: 'disk_full' });
});

const ROW_TEXTS = [
  '{}',
  ' {"id":"é\u2028" } ',
  '{"answer":1,"\\u0061nswer":2}',
  '{"response":"}","b":{"answer":{}}}\r',
];
const ROW_ENDS = ['good', 'failed', 'noted', 'none'] as const;
const someRow = fc.record({
  text: fc.constantFrom(...ROW_TEXTS),
  end: fc.constantFrom(...ROW_ENDS),
  single: fc.boolean(),
  said: fc.string({ unit: 'binary' }),
  id: fc.option(fc.string({ unit: 'binary' }), { nil: undefined }),
});

it('in whatever order rows end, and however, the records are those made in the end', async () => {
  const rows = fc.array(someRow, { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(rows, fc.array(fc.nat()), async (all, places) => {
      const folder = runFolder(temporaryFolder());
      const journal = await Journal.open(folder.journal, { clock: new FakeClock() });
      const early = (await EarlyRecords.open(folder, nodeFiles))!;
      early.follow(journal);
      const table = new RowTable();
      let offset = 0;
      for (const [row, { text, single }] of all.entries()) {
        table.addRow({ offset, line: row + 1, entry: 0, single });
        offset += Buffer.byteLength(text) + 1;
        early.begin(row, text);
      }
      writeFileSync(folder.input, all.map(({ text }) => `${text}\n`).join(''));
      for (const row of shuffled(all.length, places)) {
        const { end, single, said, id } = all[row]!;
        if (end === 'none') continue;
        const isGood = end !== 'failed';
        const answer = isGood ? someAnswer({ row }, { texts: [said] }) : failedAnswer({ row });
        if (single) {
          const place = await journal.append(answer, null, id);
          table.addAnswer(row, place.offset, isGood);
          early.end(row, place.content, !isGood);
          continue;
        }
        const notes = end === 'noted' ? { notes: { said } } : {};
        const given = { result: isGood ? said : null, answer, wallMs: 1, ...notes };
        const place = await new Promise<JournalPlace>((written, failed) =>
          journal.endRow(row, given, id, { written, failed }),
        );
        table.endRow(row, place.offset, isGood);
        if (end === 'good') early.end(row, place.content, false);
      }
      await journal.close();
      const options = { folder, table, notSent: () => 'not sent' };
      const totals = await writeCompleted({ ...options, early });
      const written = filesOf(folder.path);
      expect(await writeCompleted(options)).toEqual(totals);
      expect(written).toEqual(filesOf(folder.path));
    }),
    { numRuns: 60 },
  );
});

/** All numbers below `count`, each at the place that it is drawn for. */
function shuffled(count: number, places: readonly number[]): number[] {
  const order: number[] = [];
  for (let row = 0; row < count; row++) {
    order.splice((places[row] ?? row) % (order.length + 1), 0, row);
  }
  return order;
}
