import { basename, join } from 'node:path';
import { isJsonObject, type JsonValue } from '../../core/json.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { openBytes } from '../../io/datasets/index.ts';
import { type FileLayer, fileError, nodeFiles, readLines } from '../../io/index.ts';
import type { PanelVerdict } from '../../ranking/panel/index.ts';
import { InvalidValues } from './invalid-values.ts';
import { parseJson } from './json-text.ts';
import { logPrompt } from './pump-log.ts';
import { pumpRankings } from './pump-rankings.ts';
import { isWithoutRanking, verdictOfLine, withoutRankingText } from './verdict-line.ts';

/** Name of the file of verdicts in a study's folder. */
const VERDICTS_FILE = 'verdicts.jsonl';

/** Longest log that is read, in bytes. */
const MAX_LOG_BYTES = 64 * 1024 * 1024;
const ROUND_FOLDER = /^round_(\d{1,9})$/;

/** Where a verdict stands. */
export interface VerdictPlace {
  readonly file: string;
  readonly line: number;
  /** Why it holds no ranking, as it says itself. */
  readonly problem?: string;
}

/** The verdicts of a study, and what of it holds none. */
export interface PanelVerdicts {
  readonly verdicts: readonly PanelVerdict[];
  /** Place of each of them. */
  readonly places: readonly VerdictPlace[];
  readonly invalid: InvalidValues;
}

/**
 * Reads the verdicts of a study: a folder with `verdicts.jsonl`, that file itself, or a folder of
 * parallellm-pump's logs, with or without `round_*` folders in it.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`; `bad_input` for a folder without verdicts.
 */
export async function readPanelVerdicts(
  path: string,
  files: FileLayer = nodeFiles,
): Promise<PanelVerdicts> {
  const study = new StudyReader(files);
  const status = await files.stat(path).catch(async (cause) => {
    throw await fileError(cause, path, 'read');
  });
  if (!status.isDirectory) {
    if (isLog(path)) await study.readLog(path, 1);
    else await study.readLines(path);
    return study;
  }
  const names = await files.list(path).catch(async (cause) => {
    throw await fileError(cause, path, 'read');
  });
  if (names.includes(VERDICTS_FILE)) {
    await study.readLines(join(path, VERDICTS_FILE));
    return study;
  }
  const logs = await logsIn(path, names, files);
  if (logs.length === 0) throw noVerdicts(path);
  for (const { file, round } of logs) await study.readLog(file, round);
  return study;
}

interface StudyLog {
  readonly file: string;
  readonly round: number;
}

/** Logs of the folder itself, which are one round, and of its folders `round_N`. */
async function logsIn(
  path: string,
  names: readonly string[],
  files: FileLayer,
): Promise<StudyLog[]> {
  const ownRound = ROUND_FOLDER.exec(basename(path))?.[1];
  const own = names.filter(isLog).map((name) => ({
    file: join(path, name),
    round: ownRound === undefined ? 1 : Number(ownRound),
  }));
  const further: StudyLog[] = [];
  for (const name of names) {
    const round = ROUND_FOLDER.exec(name)?.[1];
    if (round === undefined) continue;
    const folder = join(path, name);
    const logs = await files.list(folder).catch(async (cause) => {
      throw await fileError(cause, folder, 'read');
    });
    for (const log of logs.filter(isLog)) {
      further.push({ file: join(folder, log), round: Number(round) });
    }
  }
  return [...own, ...further].sort(
    (a, b) => a.round - b.round || (a.file < b.file ? -1 : a.file > b.file ? 1 : 0),
  );
}

function isLog(name: string): boolean {
  return /\.log(\.gz)?$/.test(name);
}

function noVerdicts(path: string): TuttiError {
  return new TuttiError('bad_input', `${path} holds no ${VERDICTS_FILE} and no log`, {
    hint: "Name the folder of a run of prefer, or one of parallellm-pump's logs (MODEL_vs_MODEL).",
  });
}

function whyNone(value: JsonValue | undefined): { readonly problem?: string } {
  const isNone = isJsonObject(value) && isWithoutRanking(value);
  return isNone ? { problem: withoutRankingText(value) } : {};
}

class StudyReader implements PanelVerdicts {
  readonly verdicts: PanelVerdict[] = [];
  readonly places: VerdictPlace[] = [];
  readonly invalid = new InvalidValues();
  readonly #files: FileLayer;

  constructor(files: FileLayer) {
    this.#files = files;
  }

  async readLines(file: string): Promise<void> {
    const { chunks } = await openBytes(file, file, this.#files);
    for await (const lines of readLines(chunks)) {
      for (const { number, text, problem } of lines) {
        if (problem === null && text.trim() === '') continue;
        const value = problem === null ? parseJson(text) : undefined;
        const verdict = value === undefined ? (problem ?? 'is not JSON') : verdictOfLine(value);
        if (typeof verdict === 'string') this.invalid.add(file, number, verdict);
        else this.#add(verdict, { file, line: number, ...whyNone(value) });
      }
    }
  }

  async readLog(file: string, round: number): Promise<void> {
    const { rankings, problems } = pumpRankings(await this.#textOf(file));
    const prompt = logPrompt(file);
    for (const { judge, line, problem } of problems) {
      if (judge === null) this.invalid.add(file, line, problem);
      else this.#add({ prompt, round, judge, shown: [], ranking: null }, { file, line, problem });
    }
    for (const { judge, line, ranks, shown } of rankings) {
      const ranking = [...ranks.keys()].map((name) => [name]);
      this.#add({ prompt, round, judge, shown, ranking }, { file, line });
    }
  }

  #add(verdict: PanelVerdict, place: VerdictPlace): void {
    this.verdicts.push(verdict);
    this.places.push(place);
  }

  async #textOf(file: string): Promise<string> {
    const { chunks } = await openBytes(file, file, this.#files);
    const parts: Buffer[] = [];
    let length = 0;
    for await (const chunk of chunks) {
      length += chunk.length;
      if (length > MAX_LOG_BYTES)
        throw new TuttiError('bad_input', `${file} is too long for a log`);
      parts.push(Buffer.from(chunk));
    }
    return Buffer.concat(parts).toString('utf8');
  }
}
