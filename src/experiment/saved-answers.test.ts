import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstPassOf } from '../../test/support/fake-lanes.ts';
import { failedAnswer, someAnswer } from '../../test/support/some-answer.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import type { Answer } from '../core/answer.ts';
import { journalLine, runFolder } from '../store/index.ts';
import { noteAnswer, readSavedAnswers, SavedAnswers } from './saved-answers.ts';

async function table() {
  const turns = { prompt: ['one', 'two', 'three'], model: 'a/1', parameters: { n: 2 } };
  return (await firstPassOf([{ prompt: 'a', model: 'a/1' }, turns])).table;
}

function folderWith(answers: readonly Answer[]) {
  const folder = runFolder(join(temporaryFolder()));
  writeFileSync(folder.journal, answers.map((answer) => `${journalLine(answer)}\n`).join(''));
  return folder;
}

describe('noteAnswer', () => {
  it('takes a failed turn for the end of its sample: the later turns are never asked', async () => {
    const rows = await table();
    noteAnswer(rows, failedAnswer({ row: 1, turn: 0, sample: 0 }), 0);
    noteAnswer(rows, someAnswer({ row: 1, turn: 0, sample: 1 }), 1);
    expect(rows.stateOf(1)).toBe('partly');
    noteAnswer(rows, failedAnswer({ row: 1, turn: 1, sample: 1 }), 2);
    expect(rows.stateOf(1)).toBe('failed');
  });

  it('refuses an answer to a call that the experiment does not have', async () => {
    const rows = await table();
    for (const key of [
      { row: 2 },
      { row: 0, turn: 1 },
      { row: 0, sample: 1 },
      { row: 1, sample: 2 },
    ]) {
      expect(noteAnswer(rows, someAnswer(key), 0)).toBe(false);
    }
    expect(rows.totals().done).toBe(0);
  });
});

describe('saved answers', () => {
  it('are noted once each, foreign ones left out, a torn last line cut off', async () => {
    const rows = await table();
    const folder = folderWith([
      someAnswer({ row: 0 }),
      someAnswer({ row: 0 }, { texts: ['again'] }),
      someAnswer({ row: 7 }),
      someAnswer({ row: 1 }),
    ]);
    appendFileSync(folder.journal, '{"v":1,"type":"ans');
    const told: number[] = [];
    await readSavedAnswers(folder, rows, ({ key }) => told.push(key.row));
    expect(told).toEqual([0, 1]);
    expect([rows.stateOf(0), rows.stateOf(1)]).toEqual(['answered', 'partly']);
  });

  it('are none where a process ended before its first answer', async () => {
    const folder = runFolder(temporaryFolder());
    const read = readSavedAnswers(folder, await table(), () => expect.unreachable());
    expect(await read).toBeUndefined();
  });

  it('of one row are read again in the order in which they came', async () => {
    const rows = await table();
    const folder = folderWith([
      someAnswer({ row: 1, sample: 1 }, { texts: ['first'] }),
      someAnswer({ row: 0 }),
      someAnswer({ row: 1, sample: 0 }, { texts: ['second'] }),
    ]);
    await readSavedAnswers(folder, rows, () => {});
    const saved = new SavedAnswers(folder, rows);
    expect((await saved.ofRow(1)).map(({ texts }) => texts[0])).toEqual(['first', 'second']);
    await saved.close();
  });

  it('that cannot be read are an error once, and closing is none', async () => {
    const rows = await table();
    const folder = folderWith([someAnswer({ row: 1 })]);
    await readSavedAnswers(folder, rows, () => {});
    rmSync(folder.journal);
    const saved = new SavedAnswers(folder, rows);
    await expect(saved.ofRow(1)).rejects.toMatchObject({ code: 'file_missing' });
    await expect(saved.close()).resolves.toBeUndefined();
  });
});
