import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A line of a results file, as far as tests look into it. */
export interface ResultRecord {
  readonly id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into responses of any shape
  readonly response: any;
  readonly answer: {
    readonly status: string;
    readonly error?: {
      readonly code: string;
      readonly message: string;
      readonly hint?: string;
      readonly partial_text?: string;
    };
    readonly attempts: number;
    readonly started_at: string;
  };
  // biome-ignore lint/suspicious/noExplicitAny: carried keys have any shape
  readonly [key: string]: any;
}

/** Writes an experiment of one JSON object a line and returns its path. */
export function writeExperiment(folder: string, name: string, rows: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return path;
}

/** The folders of the runs of an experiment, oldest first. */
export function runFoldersOf(out: string, experiment: string): string[] {
  const folder = join(out, experiment);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d{4}-/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** The folder of the only run of an experiment. */
export function onlyRunOf(out: string, experiment: string): string {
  const folders = runFoldersOf(out, experiment);
  if (folders.length !== 1) throw new Error(`${folders.length} runs in ${out}`);
  return folders[0]!;
}

/** The lines of a JSONL file; empty when there is none. */
export function linesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** The lines of a run's journal about its answers: all but the one that says which run it is. */
export function answerLinesOf(run: string): string[] {
  return linesOf(join(run, 'journal.jsonl')).filter((line) => !line.includes('"type":"run"'));
}

/** The records of a file of a run, `completed.jsonl` unless told otherwise. */
export function recordsOf(run: string, file = 'completed.jsonl'): ResultRecord[] {
  return linesOf(join(run, file)).map((line) => JSON.parse(line) as ResultRecord);
}

/** All files below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
