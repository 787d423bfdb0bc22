import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  execute,
  failing,
  PAID,
  paidModel,
  readyOn,
  rowsOf,
} from '../../../test/support/executed-run.ts';
import type { FakeModel } from '../../../test/support/fake-model.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { nodeFiles } from '../../io/index.ts';
import { EarlyRecords } from '../../store/index.ts';

afterEach(() => vi.restoreAllMocks());

/** The first row that was not written while the run went on; undefined where nothing of that counted. */
async function rowsAhead(begun: ReturnType<typeof spied>): Promise<number | undefined> {
  return (await begun.mock.results[0]?.value)?.row;
}

type ReadyRun = Awaited<ReturnType<typeof readyOn>>;

const spied = () => vi.spyOn(EarlyRecords.prototype, 'finish');

function filesOf({ folder }: ReadyRun) {
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  return [readFileSync(folder.completed, 'utf8'), readFileSync(folder.failed, 'utf8')];
}

/** The files as they are made of input and journal alone. */
async function madeAgain(folder: string, rows: readonly object[], run: ReadyRun) {
  rmSync(run.folder.completed);
  rmSync(run.folder.failed);
  const models = { 'a/1': paidModel(), 'a/2': paidModel() };
  const again = await readyOn(folder, rows, models);
  expect(again.resumed).toBe(true);
  await execute(again, { onlyFinish: true });
  expect(again.folder.path).toBe(run.folder.path);
  return filesOf(again);
}

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"answer"', 'ü'.repeat(9)));
const aRow = fc.record(
  {
    prompt: fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })),
    model: fc.constantFrom('a/1', 'a/2'),
    id: fc.oneof(fc.integer(), text),
    answer: fc.jsonValue(),
    response: fc.constant(null),
    'input-answer': fc.constant(1),
    parameters: fc.constantFrom({}, { n: 2 }),
  },
  { requiredKeys: ['prompt', 'model'] },
);
/** Ids of one model differ. */
const someRows = fc.uniqueArray(aRow, {
  minLength: 1,
  maxLength: 12,
  selector: (row) => ('id' in row ? String(row.id) : row),
});
/** What comes of a call: when, and whether it is an answer. */
const aReply = fc.record({ latencyMs: fc.nat(4), fails: fc.nat(3).map((k) => k === 0) });

describe('the records of a run that begins', () => {
  it('are the same as those that are made of its input and journal', async () => {
    let ahead = 0;
    await fc.assert(
      fc.asyncProperty(
        someRows,
        fc.array(aReply, { minLength: 1, maxLength: 20 }),
        async (rows, replies) => {
          const begun = spied();
          const folder = temporaryFolder();
          let asked = 0;
          const reply = () => {
            const { latencyMs, fails } = replies[asked++ % replies.length]!;
            return fails
              ? { ...failing('bad_request', 'no "é"'), latencyMs }
              : { ...PAID, latencyMs };
          };
          const models = { 'a/1': paidModel(reply), 'a/2': paidModel(reply) };
          const run = await readyOn(folder, rows, models);
          await execute(run, { stopAfter: 0 });
          ahead += (await rowsAhead(begun)) ?? Number.NaN;
          begun.mockRestore();
          const files = filesOf(run);
          expect(files).toEqual(await madeAgain(folder, rows, run));
        },
      ),
      { numRuns: 60 },
    );
    expect(ahead).toBeGreaterThan(60);
  }, 60_000);

  it('are all written when it ends, failed ones too, whatever the order of the answers', async () => {
    const begun = spied();
    const folder = temporaryFolder();
    const rows = [...rowsOf('a/1', 8), { prompt: ['one', 'two'], model: 'a/1' }];
    const model = paidModel((one) =>
      one === 'a/1 3' ? failing('bad_request') : { ...PAID, latencyMs: one === 'a/1 0' ? 20 : 0 },
    );
    const run = await readyOn(folder, rows, { 'a/1': model });
    expect(await execute(run)).toMatchObject({ answered: 8, failed: 1 });
    expect(await rowsAhead(begun)).toBe(9);
    expect(filesOf(run)).toEqual(await madeAgain(folder, rows, run));
  });

  it('are made in the end from the first row of several calls that has failed', async () => {
    const begun = spied();
    const folder = temporaryFolder();
    const rows = [
      ...rowsOf('a/1', 2),
      { prompt: ['one', 'two'], model: 'a/1' },
      ...rowsOf('a/1', 2),
    ];
    const model = paidModel((one) => (one === 'one' ? failing('bad_request') : PAID));
    const run = await readyOn(folder, rows, { 'a/1': model });
    expect(await execute(run)).toMatchObject({ answered: 4, failed: 1 });
    expect(await rowsAhead(begun)).toBe(2);
    expect(filesOf(run)).toEqual(await madeAgain(folder, rows, run));
  });

  it('are made of input and journal when the journal is not as it was written', async () => {
    const begun = spied();
    const folder = temporaryFolder();
    const model: FakeModel = paidModel((one) => {
      if (one !== 'a/1 9') return PAID;
      const journal = readFileSync(run.folder.journal, 'utf8');
      writeFileSync(run.folder.journal, journal.replace('"row":2,', '"row":#,'));
      return PAID;
    });
    const run = await readyOn(folder, rowsOf('a/1', 10), { 'a/1': model });
    const outcome = await execute(run);
    expect(await rowsAhead(begun)).toBeUndefined();
    expect(outcome).toMatchObject({ state: 'unfinished', answered: 9, lostAnswers: 1 });
    expect(filesOf(run)[1]).toContain('cannot be read again');
  });
});

describe('a run that is stopped', () => {
  it.each<['drain' | 'signal', boolean]>([
    ['drain', true],
    ['signal', false],
  ])('by its %s leaves no half-written records, and goes on', async (how, isWritten) => {
    const folder = temporaryFolder();
    const stop = new AbortController();
    const rows = rowsOf('a/1', 30);
    const model = paidModel((one) => {
      if (one === 'a/1 12') stop.abort();
      return { ...PAID, latencyMs: 5 };
    });
    const run = await readyOn(folder, rows, { 'a/1': model });
    expect(await execute(run, { [how]: stop.signal })).toMatchObject({ state: 'interrupted' });
    expect(existsSync(run.folder.completed)).toBe(isWritten);
    expect(readdirSync(run.folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    const begun = spied();
    const again = await readyOn(folder, rows, { 'a/1': paidModel() });
    expect(await execute(again)).toMatchObject({ state: 'finished', answered: 30 });
    expect(begun).not.toHaveBeenCalled();
    expect(filesOf(again)[0]?.split('\n')).toHaveLength(31);
  });

  it('and was killed leaves what the next one removes', async () => {
    const folder = temporaryFolder();
    const rows = rowsOf('a/1', 3);
    const stop = new AbortController();
    stop.abort();
    const run = await readyOn(folder, rows, { 'a/1': paidModel() });
    await execute(run, { signal: stop.signal });
    const early = await EarlyRecords.open(run.folder, nodeFiles);
    early!.begin(0, '{}');
    expect(readdirSync(run.folder.path).filter((name) => name.endsWith('.tmp'))).toHaveLength(2);
    const again = await readyOn(folder, rows, { 'a/1': paidModel() });
    expect(await execute(again)).toMatchObject({ state: 'finished' });
    expect(filesOf(again)[0]?.split('\n')).toHaveLength(4);
  });
});
