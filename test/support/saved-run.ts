import { readFileSync, writeFileSync } from 'node:fs';
import type { Answer } from '../../src/core/answer.ts';
import type { JsonValue } from '../../src/core/json.ts';
import { RowTable } from '../../src/store/in-memory.ts';
import {
  answerLine,
  type CompletedOptions,
  onlyAnswerLine,
  type RunFolder,
  runFolder,
} from '../../src/store/index.ts';
import { rowEndLine } from '../../src/store/journal-line.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A row of a run that a test has put together. */
export interface SavedRow {
  readonly text: string;
  /** Default true. */
  readonly single?: boolean;
}

/** A line of the journal, and what the table is told of it. */
export interface SavedLine {
  readonly text: string;
  readonly note: (table: RowTable, offset: number) => void;
}

/** The answer of a row of one call. */
export function only(answer: Answer): SavedLine {
  const { row } = answer.key;
  return {
    text: onlyAnswerLine(answer),
    note: (table, offset) => table.addAnswer(row, offset, answer.status === 'ok'),
  };
}

/** The answer to one of a row's calls. */
export function call(answer: Answer): SavedLine {
  const marks = { hash: '0123456789abcdef', lane: 'a/1' };
  return { ...only(answer), text: answerLine(answer, marks) };
}

/** The end of a row of several calls: well if it has a result, else with the error of the answer. */
export function rowEnd(result: JsonValue, answer: Answer): SavedLine {
  const { row } = answer.key;
  return {
    text: rowEndLine(row, { result, answer, wallMs: 900 }),
    note: (table, offset) => table.endRow(row, offset, answer.status === 'ok'),
  };
}

/** A row of which the end and the failures count no longer. */
export function reopened(row: number): SavedLine {
  return {
    text: JSON.stringify({ v: 2, type: 'reopened', row }),
    note: (table, offset) => table.reopenRow(row, offset),
  };
}

/** A run whose journal came about as the lines say. */
export function savedRun(rows: readonly SavedRow[], lines: readonly SavedLine[]) {
  const folder = runFolder(temporaryFolder());
  const table = new RowTable();
  let offset = 0;
  for (const [i, { text, single = true }] of rows.entries()) {
    table.addRow({ offset, line: i + 1, entry: i % 2, single });
    offset += Buffer.byteLength(text) + 1;
  }
  writeFileSync(folder.input, rows.map((row) => `${row.text}\n`).join(''));
  writeFileSync(folder.journal, lines.map(({ text }) => `${text}\n`).join(''));
  let place = 0;
  for (const { text, note } of lines) {
    note(table, place);
    place += Buffer.byteLength(text) + 1;
  }
  const options: CompletedOptions = { folder, table, notSent: () => 'The lane was stopped' };
  return { folder, options };
}

/** The records of `completed.jsonl`. */
export function completedOf(folder: RunFolder) {
  const lines = readFileSync(folder.completed, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

/** Makes a line of the journal one that is no JSON any more, as a failing disk does. */
export function damageLine(folder: RunFolder, line: number): void {
  const lines = readFileSync(folder.journal, 'utf8').split('\n');
  lines[line] = lines[line]!.replace('":', '"#');
  writeFileSync(folder.journal, lines.join('\n'));
}
