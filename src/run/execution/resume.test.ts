import { appendFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  rowEnd,
  call as savedCall,
  reopened as savedReopened,
} from '../../../test/support/saved-run.ts';
import { failedAnswer, someAnswer } from '../../../test/support/some-answer.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import type { Answer } from '../../core/answer.ts';
import { LinePages, nodeFiles } from '../../io/index.ts';
import { RowTable } from '../../store/in-memory.ts';
import { onlyAnswerLine, readRowLines, runFolder } from '../../store/index.ts';
import { noteJournal } from './resume.ts';

/** A row of one call, and two of several. */
function threeRows(): RowTable {
  const table = new RowTable();
  for (const row of [0, 1, 2]) {
    table.addRow({ offset: 0, line: row + 1, entry: 0, single: row === 0 });
  }
  return table;
}

function folderWith(...lines: readonly string[]) {
  const folder = runFolder(temporaryFolder());
  writeFileSync(folder.journal, lines.map((line) => `${line}\n`).join(''));
  return folder;
}

const call = (row: number, name: string, text = name) =>
  savedCall(someAnswer({ row, name }, { texts: [text] })).text;

const failedCall = (row: number, name: string) => savedCall(failedAnswer({ row, name })).text;

/** A line of version 1 of a row's turn and sample. */
function turnLine(answer: Answer, turn: number, sample: number): string {
  const line = onlyAnswerLine(answer);
  return line.replace('"turn":0,"sample":0', `"turn":${turn},"sample":${sample}`);
}

const end = (row: number, error: Answer['error'] = null) => {
  const answer = someAnswer({ row });
  return error === null
    ? rowEnd('r', answer).text
    : rowEnd(null, { ...answer, status: 'error', error }).text;
};

const reopened = (row: number) => savedReopened(row).text;

/** Notes lines in a table; gives what was told of each answer. */
async function note(...lines: readonly string[]) {
  const folder = folderWith(...lines);
  const table = threeRows();
  const told: unknown[] = [];
  const summary = await noteJournal(folder, table, ({ key }, marks) =>
    told.push([key.row, key.name, marks?.lane ?? null]),
  );
  return { folder, table, told, summary, states: [0, 1, 2].map((row) => table.stateOf(row)) };
}

describe('noteJournal', () => {
  it('notes each answer once, leaves foreign ones out and cuts a torn last line off', async () => {
    const folder = folderWith(
      onlyAnswerLine(someAnswer({ row: 0 })),
      onlyAnswerLine(someAnswer({ row: 0 }, { texts: ['again'] })),
      onlyAnswerLine(someAnswer({ row: 7 })),
      turnLine(someAnswer({ row: 1 }), 0, 0),
      call(2, 'x'),
    );
    appendFileSync(folder.journal, '{"v":1,"type":"ans');
    const table = threeRows();
    const told: number[] = [];
    const summary = await noteJournal(folder, table, ({ key }) => told.push(key.row));
    expect(told).toEqual([0, 1, 2]);
    expect([0, 1, 2].map((row) => table.stateOf(row))).toEqual(['answered', 'open', 'open']);
    expect(summary).toMatchObject({ repeated: 1, tornBytes: 18, corrupt: [] });
  });

  it('finds nothing where a process ended before its first answer', async () => {
    const folder = runFolder(temporaryFolder());
    expect(await noteJournal(folder, threeRows(), () => expect.unreachable())).toBeUndefined();
  });

  it('tells of a journal that cannot be read', async () => {
    const folder = { ...runFolder(temporaryFolder()), journal: temporaryFolder() };
    await expect(noteJournal(folder, threeRows(), () => {})).rejects.toMatchObject({
      code: 'file_unreadable',
    });
  });

  it('leaves a row of several calls open until its end, failed calls or not', async () => {
    const failed = failedCall(2, 'x');
    expect((await note(failed, call(1, 'x'))).states).toEqual(['pending', 'open', 'open']);
    const { table, states } = await note(
      failed,
      call(1, 'x'),
      end(1),
      end(2, failedAnswer().error),
    );
    expect(states).toEqual(['pending', 'answered', 'failed']);
    expect(table.totals()).toEqual({ rows: 3, done: 2, failed: 1 });
  });

  it('takes the row of version 1 all of whose turns are there for one that is open', async () => {
    const lines = [0, 1].map((turn) => turnLine(someAnswer({ row: 1 }), turn, 0));
    const { states, told } = await note(...lines);
    expect(states[1]).toBe('open');
    expect(told).toEqual([
      [1, 'turn/0', null],
      [1, 'turn/1', null],
    ]);
  });

  it('refuses what a row of one call cannot have', async () => {
    const { told, states, table } = await note(
      turnLine(someAnswer({ row: 0 }), 1, 0),
      turnLine(someAnswer({ row: 0 }), 0, 1),
      call(0, 'turn/0'),
      end(0),
    );
    expect(told).toEqual([]);
    expect(states[0]).toBe('pending');
    expect(table.linesOf(0)).toEqual([]);
  });

  it('refuses what belongs to no row', async () => {
    const { told, table } = await note(call(3, 'x'), end(3), reopened(3), end(2 ** 40));
    expect([told, table.totals().done]).toEqual([[], 0]);
  });

  it('opens rows again that were opened again, in the order of the lines', async () => {
    const failed = onlyAnswerLine(failedAnswer({ row: 0 }));
    const { error } = failedAnswer();
    const first = [failed, call(1, 'x'), end(1, error), call(2, 'x'), end(2, error)];
    const open = await note(...first, reopened(0), reopened(1));
    expect(open.states).toEqual(['pending', 'open', 'failed']);
    const good = onlyAnswerLine(someAnswer({ row: 0 }));
    const again = await note(...first, reopened(0), good, reopened(1), call(1, 'y'), end(1));
    expect(again.states).toEqual(['answered', 'answered', 'failed']);
    expect(again.told).toEqual([
      [0, 'turn/0', null],
      [1, 'x', 'a/1'],
      [2, 'x', 'a/1'],
      [0, 'turn/0', null],
      [1, 'y', 'a/1'],
    ]);
  });
});

describe('the lines of a row that is open', () => {
  async function linesOf(row: number, ...lines: readonly string[]) {
    const { folder, table } = await note(...lines);
    const pages = await LinePages.open(folder.journal, nodeFiles, { maxPages: 4 });
    try {
      const { answers, replaced, end } = await readRowLines(pages, row, table.linesOf(row));
      const texts = answers.map(({ answer }) => [answer.key.name, answer.texts[0] ?? null]);
      const paid = replaced.map(({ answer }) => answer.key.name);
      return { texts, end, ...(paid.length > 0 && { paid }) };
    } finally {
      await pages.close();
    }
  }

  it('are read again in the order in which they came, of version 1 too', async () => {
    const found = await linesOf(
      1,
      turnLine(someAnswer({ row: 1 }, { texts: ['first'] }), 0, 1),
      onlyAnswerLine(someAnswer({ row: 0 })),
      turnLine(someAnswer({ row: 1 }, { texts: ['second'] }), 0, 0),
      call(2, 'other'),
      call(1, 'turn/1', 'third'),
    );
    expect(found).toEqual({
      texts: [
        ['sample/1/turn/0', 'first'],
        ['turn/0', 'second'],
        ['turn/1', 'third'],
      ],
      end: null,
    });
  });

  it('hold the last of several answers to one call, at its own place', async () => {
    const found = await linesOf(1, call(1, 'a', 'old'), call(1, 'b'), call(1, 'a', 'new'));
    expect(found.texts).toEqual([
      ['b', 'b'],
      ['a', 'new'],
    ]);
  });

  it('lack the failures of before it was opened again, and its end', async () => {
    const lines = [call(1, 'a'), failedCall(1, 'b'), end(1, failedAnswer().error), reopened(1)];
    expect(await linesOf(1, ...lines)).toEqual({ texts: [['a', 'a']], end: null });
    // What fails after that counts again.
    expect((await linesOf(1, ...lines, failedCall(1, 'b'))).texts).toEqual([
      ['a', 'a'],
      ['b', null],
    ]);
  });

  it('lack the good answers that are forgotten, and what is behind them, but not what they cost', async () => {
    const names = ['rate/1', 'rate/1/again/1', 'rate/11', 'answer/1', 'rate'];
    const forgets = '{"v":2,"type":"reopened","row":1,"forgets":["rate/1","gone"]}';
    const found = await linesOf(
      1,
      ...names.map((name) => call(1, name)),
      end(1, failedAnswer().error),
      forgets,
      call(1, 'rate/1', 'new'),
    );
    expect(found).toEqual({
      texts: [
        ['rate/11', 'rate/11'],
        ['answer/1', 'answer/1'],
        ['rate', 'rate'],
        ['rate/1', 'new'],
      ],
      paid: ['rate/1', 'rate/1/again/1'],
      end: null,
    });
  });

  it('are found as fast where very many are forgotten, whatever these are called', async () => {
    const many = Array.from({ length: 200_000 }, (_, n) => `rate/${n}`);
    const odd = ['__proto__', 'constructor/1', '', '/', 5, null, { a: 1 }, ['rate']];
    const forgets = { v: 2, type: 'reopened', row: 1, forgets: [...many, ...odd] };
    const kept = Array.from({ length: 5_000 }, (_, n) => `answer/${n}`);
    const gone = ['__proto__', 'constructor/1/again/1', 'rate/7', 'rate/7/sample/2'];
    const calls = [...kept, 'constructor', ...gone].map((name) => call(1, name));
    const found = await linesOf(1, ...calls, JSON.stringify(forgets));
    expect(found.texts.map(([name]) => name)).toEqual([...kept, 'constructor']);
    expect(found.paid).toEqual(gone);
  });

  it('lack failures of calls that are forgotten, which nobody paid for', async () => {
    const forgets = '{"v":2,"type":"reopened","row":1,"forgets":["rows"]}';
    const lines = [call(1, 'rows'), failedCall(1, 'rows/2'), end(1, failedAnswer().error), forgets];
    expect(await linesOf(1, ...lines)).toEqual({ texts: [], paid: ['rows'], end: null });
  });
});
