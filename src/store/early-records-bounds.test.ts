import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import type { Answer } from '../core/answer.ts';
import { type FileLayer, nodeFiles } from '../io/index.ts';
import { RowTable } from './in-memory.ts';
import { EarlyRecords, Journal, runFolder, writeCompleted } from './index.ts';

/** A run whose rows begin and end as a test says, and its records so far. */
async function beginRun(texts: readonly string[]) {
  const folder = runFolder(temporaryFolder());
  const table = new RowTable();
  let offset = 0;
  for (const [row, text] of texts.entries()) {
    table.addRow({ offset, line: row + 1, entry: 0 });
    offset += Buffer.byteLength(text) + 1;
  }
  writeFileSync(folder.input, texts.map((text) => `${text}\n`).join(''));
  const journal = await Journal.open(folder.journal, { clock: new FakeClock() });
  let underWay = 0;
  const write: FileLayer['write'] = async (...given) => {
    underWay++;
    return nodeFiles.write(...given).finally(() => underWay--);
  };
  const lstat: FileLayer['lstat'] = async (path) => {
    underWay++;
    return nodeFiles.lstat(path).finally(() => underWay--);
  };
  const early = (await EarlyRecords.open(folder, { ...nodeFiles, write, lstat }))!;
  early.follow(journal);
  const options = { folder, table, notSent: () => 'it was not sent' };
  const filesOf = () => [folder.completed, folder.failed].map((path) => readFileSync(path, 'utf8'));
  return {
    early,
    /** Has rows begin, from the first to the last. */
    begin(first: number, last = first) {
      for (let row = first; row <= last; row++) early.begin(row, texts[row]!);
    },
    async end(answer: Answer) {
      const { row } = answer.key;
      const isGood = answer.status === 'ok';
      const place = await journal.append(answer, null, row % 2 === 0 ? undefined : `r ${row}`);
      table.addAnswer(row, place.offset, isGood);
      early.end(row, place.content, !isGood);
    },
    /** Gives what is being written its time, as it has where answers come from servers. */
    async untilWritten() {
      do await new Promise((resolve) => setImmediate(resolve));
      while (underWay > 0);
    },
    /** Ends the run. @returns rows that were ahead, when the files are as those that are made in the end */
    async rowsAhead() {
      await journal.close();
      let ahead: number | undefined;
      const finish = async () => {
        const begun = await early.finish();
        ahead = begun?.row;
        return begun;
      };
      const totals = await writeCompleted({ ...options, early: { finish } as EarlyRecords });
      const files = filesOf();
      expect(await writeCompleted(options)).toEqual(totals);
      expect(files).toEqual(filesOf());
      await early.abort();
      return ahead;
    },
  };
}

/** Rows that are no more than their number. */
const numbered = (count: number) => Array.from({ length: count }, (_, row) => `{"r":${row}}`);
/** Most rows that are waited for, and most characters of them. */
const WINDOW = 16_384;
const MEBI = 1024 * 1024;

it('a row that takes as long as a whole window of others ends what is written ahead', async () => {
  const run = await beginRun(numbered(WINDOW + 3));
  run.begin(0, 1);
  await run.end(someAnswer({ row: 0 }));
  run.begin(2, WINDOW);
  await run.end(someAnswer({ row: 2 }));
  run.begin(WINDOW + 1);
  await run.end(failedAnswer({ row: 1 }));
  await run.end(someAnswer({ row: WINDOW + 1 }));
  expect(await run.rowsAhead()).toBe(1);
});

it('a window moves on with the first row of it', async () => {
  const run = await beginRun(numbered(2 * WINDOW + 2));
  for (let first = 0; first < 2 * WINDOW + 2; first += 2000) {
    const rows = Array.from({ length: 2000 }, (_, k) => first + k).filter(
      (row) => row < 2 * WINDOW + 2,
    );
    run.begin(first, rows.at(-1));
    const answers = rows.map((row) =>
      row % 1000 === 7 ? failedAnswer({ row }) : someAnswer({ row }),
    );
    await Promise.all(answers.toReversed().map((answer) => run.end(answer)));
    await run.untilWritten();
  }
  expect(await run.rowsAhead()).toBe(2 * WINDOW + 2);
});

it('rows that end in any order are written in theirs, while others wait', async () => {
  const run = await beginRun(numbered(40));
  run.begin(0, 39);
  for (const row of Array.from({ length: 40 }, (_, k) => (k * 27 + 13) % 40)) {
    const texts = ['é'.repeat(row % 5 === 0 ? 70_000 : 1)];
    await run.end(row % 9 === 4 ? failedAnswer({ row }) : someAnswer({ row }, { texts }));
  }
  expect(await run.rowsAhead()).toBe(40);
});

it('rows of too many characters end it', async () => {
  const long = JSON.stringify({ prompt: 'p'.repeat(3 * MEBI) });
  const run = await beginRun(['{"r":0}', '{"r":1}', long, long, long, '{"r":5}']);
  run.begin(0, 3);
  await run.end(someAnswer({ row: 0 }));
  run.begin(4, 5);
  for (const row of [1, 5, 4, 3, 2]) await run.end(someAnswer({ row }));
  expect(await run.rowsAhead()).toBe(1);
});

it('answers of too many characters end it while an earlier row is waited for, and not without one', async () => {
  const run = await beginRun(numbered(9));
  run.begin(0, 8);
  const texts = ['a'.repeat(3 * MEBI)];
  for (const row of [0, 1, 2, 3]) {
    await run.end(someAnswer({ row }, { texts }));
    await run.untilWritten();
  }
  for (const row of [5, 6, 7, 4, 8]) await run.end(someAnswer({ row }, { texts }));
  expect(await run.rowsAhead()).toBe(4);
});

it('an end of a row that was not told to begin is left for the end of the run', async () => {
  const run = await beginRun(numbered(3));
  run.begin(0);
  for (const row of [1, 0, 2]) await run.end(someAnswer({ row }));
  run.begin(1, 2);
  expect(await run.rowsAhead()).toBe(1);
});

it('a run that goes on in a second journal has all its records made of both', async () => {
  const run = await beginRun(numbered(2));
  run.begin(0, 1);
  await run.end(someAnswer({ row: 0 }));
  const path = `${temporaryFolder()}/journal.jsonl`;
  const second = await Journal.open(path, { clock: new FakeClock() });
  run.early.follow(second);
  await second.close();
  await run.end(someAnswer({ row: 1 }));
  expect(await run.rowsAhead()).toBeUndefined();
});
