import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { TuttiError } from '../../src/core/tutti-error.ts';
import type { PreparedRun, PrepareOptions } from '../../src/experiment/index.ts';
import { execute, failing, PAID, paidModel, readyOn } from './executed-run.ts';
import type { FakeModel } from './fake-model.ts';
import { recordsOf } from './run-results.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Rows of the run that is attacked. */
export const ROWS = Array.from({ length: 8 }, (_, row) => ({
  id: `r${row}`,
  prompt: row % 4 === 3 ? [`first ${row}`, `second ${row}`] : `question ${row}`,
  model: row < 6 ? 'a/1' : 'a/2',
}));

/** An unfinished run: six rows answered, two whose lane was refused. */
export interface AttackedRun {
  /** Its working folder; the experiment is `e.jsonl`, its runs are below `out`. */
  readonly folder: string;
  readonly run: PreparedRun;
}

/** Makes an unfinished run in a folder of its own. */
export async function unfinishedRun(): Promise<AttackedRun> {
  const folder = temporaryFolder();
  const refusing = paidModel(() => failing('unauthorized'));
  const run = await readyOn(folder, ROWS, { 'a/1': paidModel(), 'a/2': refusing });
  expect((await execute(run)).state).toBe('unfinished');
  return { folder, run };
}

/** How the same command went. */
export interface Again {
  /** Why it was refused; undefined if it was not. */
  readonly refused: TuttiError | undefined;
  readonly prepared: PreparedRun | undefined;
  readonly model: FakeModel;
}

/** The same command again; anything but a refusal in words of our own is thrown. */
export async function again(
  { folder }: AttackedRun,
  options: Partial<PrepareOptions> = {},
): Promise<Again> {
  const model = paidModel(() => PAID);
  try {
    const prepared = await readyOn(folder, ROWS, { 'a/1': model, 'a/2': model }, options);
    const outcome = await execute(prepared);
    if (outcome.lostAnswers === undefined) expect(outcome.state).toBe('finished');
    expectRightAnswers(prepared.folder.path);
    return { refused: undefined, prepared, model };
  } catch (error) {
    if (error instanceof TuttiError && error.code !== 'internal_error') {
      return { refused: error, prepared: undefined, model };
    }
    throw error;
  }
}

/** Every row once, in order, and every answer at its own prompt. */
export function expectRightAnswers(run: string): void {
  const records = recordsOf(run);
  expect(records.map(({ id }) => id)).toEqual(ROWS.map(({ id }) => id));
  for (const { prompt, response, answer } of records) {
    if (answer.status !== 'ok') continue;
    // The fake model repeats the first message of a conversation.
    const right = Array.isArray(prompt)
      ? prompt.map(() => rightAnswer(prompt[0]))
      : rightAnswer(prompt);
    expect(response).toEqual(right);
  }
}

function rightAnswer(prompt: string): string {
  return `answer to ${prompt}`;
}

/** The bytes of a file of the working folder. */
export function bytesOf(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'latin1');
}
