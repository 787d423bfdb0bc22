import { basename } from 'node:path';

/** A results file of prompto: a time, `completed`, and the experiment's name. */
const PROMPTO_FILE = /^(?:\d\d-\d\d-\d{4}-\d\d-\d\d-\d\d-)?completed-(.+)\.jsonl$/;

/** What the experiment that judges the answers of a file, or of an experiment, is called: `judge-NAME`. */
export function judgeName(file: string): string {
  const name = basename(file);
  return `judge-${PROMPTO_FILE.exec(name)?.[1] ?? name}`;
}
