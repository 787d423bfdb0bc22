import type { Readable } from 'node:stream';
import type { JsonObject } from '../../core/json.ts';
import { KeyTable } from '../../core/key-table.ts';
import { plainLine } from '../../core/plain-text.ts';
import { textHash } from '../../core/text-hash.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { extensionForm } from '../../io/datasets/index.ts';
import { AtomicFile, nodeFiles } from '../../io/index.ts';
import { rowFiller } from '../forms/fill-row.ts';
import { modelOfRow } from '../row/model-name.ts';
import {
  type FoundLine,
  idTextOf,
  isAnswered,
  isFound,
  type ResultLine,
  readResultLines,
} from './result-lines.ts';
import { type ResultName, wholeName } from './result-name.ts';

/** What is compared, and where the missing rows go. */
export interface MissingOptions {
  /** Path of the experiment. It is read twice. */
  readonly input: string;
  /** Path of a results file, of any form, or its bytes. */
  readonly results: string | Readable;
  /** Path of the new file, which must not be there. */
  readonly output: string;
  /** The key by which rows are found; default `id`. */
  readonly idKey?: string | undefined;
}

/** What was found missing. */
export interface MissingRows {
  /** Rows of the experiment. */
  readonly rows: number;
  /** Rows without an answer, of which each line is in the new file; without any there is no such file. */
  readonly missing: number;
  /** Of these, rows that were asked and failed. */
  readonly failed: number;
  /** Lines of the results that are no JSON objects. */
  readonly unreadable: number;
}

const MOST_SHOWN = 20;
const WRITE_CHARACTERS = 512 * 1024;

/**
 * Writes the rows of an experiment that have no answer in a results file into a new file, verbatim: those that are not in
 * it and those that failed. Rows are found by id (`2` is not `"2"`), and by id and model where an id stands more than once;
 * a row that is asked of several models is missing unless each has answered. Holds some 60 bytes a row.
 *
 * @throws TuttiError `bad_usage` where the new file is there; `bad_input` with every line of the experiment that is no row
 *   or has no id; `file_missing`, `file_unwritable`, …
 */
export async function writeMissingRows(options: MissingOptions): Promise<MissingRows> {
  const { input, results, output, idKey = 'id' } = options;
  await refuseTaken(output);
  const seen = new SeenResults();
  let unreadable = 0;
  for await (const lines of readResultLines(results)) {
    for (const line of lines) {
      if (isFound(line)) seen.addResult(line, idKey);
      else unreadable++;
    }
  }
  await readInput(input, idKey, (name) => seen.addInput(name));
  const file = await AtomicFile.create(output);
  const found = { rows: 0, missing: 0, failed: 0 };
  try {
    let text = '';
    for await (const lines of readResultLines(input)) {
      for (const line of lines) {
        const states = namesOf(line, idKey).map((name) => seen.stateOf(name));
        found.rows++;
        if (states.every((state) => state === 'answered')) continue;
        found.missing++;
        if (states.includes('failed')) found.failed++;
        text += `${line.text}\n`;
      }
      if (text.length < WRITE_CHARACTERS) continue;
      await file.write(Buffer.from(text));
      text = '';
    }
    await file.write(Buffer.from(text));
    if (found.missing > 0) {
      await refuseTaken(output);
      await file.commit();
    }
  } finally {
    await file.abort();
  }
  return { ...found, unreadable };
}

async function refuseTaken(path: string): Promise<void> {
  // Under another form's name JSON lines could not be read any more.
  if ((extensionForm(path) ?? 'jsonl') !== 'jsonl') {
    throw new TuttiError('bad_usage', `${plainLine(path, 1000)} is no name for JSON lines`, {
      hint: 'Rows are written as JSON lines: name a file that ends in .jsonl.',
    });
  }
  const isThere = await nodeFiles.lstat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  throw new TuttiError('bad_usage', `${plainLine(path, 1000)} is there already`, {
    hint: 'Name a new file, or remove that one.',
  });
}

/** A row of the experiment by id and model, once for each of its models. */
function namesOf(line: ResultLine, idKey: string): readonly ResultName[] {
  if (!isFound(line)) return [];
  const { text, row } = line;
  const id = idTextOf(line, idKey);
  if (id === undefined) return [];
  const rows = splitByModel(text);
  if (rows === null) return [{ id, model: modelOfRow(row.input) }];
  return rows.map((one) => ({ id, model: modelOfRow(one) }));
}

const split = rowFiller({});

function splitByModel(text: string): readonly JsonObject[] | null {
  return split(text)?.map((one) => JSON.parse(one) as JsonObject) ?? null;
}

async function readInput(
  path: string,
  idKey: string,
  onName: (name: ResultName) => void,
): Promise<void> {
  const problems: string[] = [];
  let wrong = 0;
  for await (const lines of readResultLines(path)) {
    for (const line of lines) {
      const names = namesOf(line, idKey);
      for (const name of names) onName(name);
      if (names.length > 0 || ++wrong > MOST_SHOWN) continue;
      const what = line.row === null ? 'the line is no JSON object' : `the row has no "${idKey}"`;
      problems.push(plainLine(`${path}:${line.line}: ${what}`, 1000));
    }
  }
  if (wrong === 0) return;
  if (wrong > problems.length) problems.push(`… and ${wrong - problems.length} more`);
  throw new TuttiError('bad_input', problems.join('\n'), {
    hint: '--id names another key by which rows are found, such as prompt.',
  });
}

type RowState = 'answered' | 'failed' | 'absent';

const ASKED = 1;
const ANSWERED = 3;
/** The parts of an id's number: models that were asked, models that have answered, and how often the input has it. */
const ONE_ASKED = 1;
const ONE_ANSWERED = 2 ** 15;
const PART = 2 ** 15 - 1;
const IN_INPUT = 2 ** 30;
const TWICE = 2 ** 31;

/** What results say of rows. */
class SeenResults {
  readonly #ids = new KeyTable();
  readonly #named = new KeyTable();

  addResult(line: FoundLine, idKey: string): void {
    const id = idTextOf(line, idKey);
    if (id === undefined) return;
    const hash = textHash(id);
    const whole = wholeName({ id, model: modelOfRow(line.row.input) });
    const before = this.#named.get(whole);
    const now = isAnswered(line.row) ? ANSWERED : ASKED;
    this.#named.set(whole, before | now);
    let counts = this.#ids.get(hash);
    if (before === 0) counts = countedUp(counts, ONE_ASKED);
    if (before !== ANSWERED && now === ANSWERED) counts = countedUp(counts, ONE_ANSWERED);
    this.#ids.set(hash, counts);
  }

  addInput({ id }: ResultName): void {
    const hash = textHash(id);
    const before = this.#ids.get(hash);
    const bit = (before & IN_INPUT) === 0 ? IN_INPUT : TWICE;
    this.#ids.set(hash, (before | bit) >>> 0);
  }

  stateOf(name: ResultName): RowState {
    const counts = this.#ids.get(textHash(name.id));
    const asked = counts & PART;
    const answered = (counts / ONE_ANSWERED) & PART;
    const isAlone = (counts & TWICE) === 0 && asked <= 1;
    if (name.model !== null && !isAlone) {
      const own = this.#named.get(wholeName(name));
      return own === ANSWERED ? 'answered' : own === 0 ? 'absent' : 'failed';
    }
    if (asked === 0) return 'absent';
    return answered === asked ? 'answered' : 'failed';
  }
}

/** More models than can be counted for one id stay as many. */
function countedUp(counts: number, one: number): number {
  const part = (counts / one) & PART;
  return part === PART ? counts : counts + one;
}
