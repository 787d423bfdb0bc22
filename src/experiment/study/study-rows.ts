import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { promptFolderRows } from '../forms/prompt-folder.ts';
import { MadeIds, ownId } from '../made-rows/made-ids.ts';
import { madeRow } from '../made-rows/made-row.ts';
import { type RowSource, readSource, type SourceRow } from '../made-rows/read-source.ts';

/** The prompts of a study, and how often each is asked. */
export interface StudyOptions {
  /** The model of every row. */
  readonly model: string;
  /** At least 1. */
  readonly rounds: number;
  /** Only the first so many prompts; default all. */
  readonly limit?: number | undefined;
  /** A file of rows, or a folder of `.txt` files. */
  readonly source: RowSource | { readonly folder: string };
}

const MAX_SHOWN = 20;

/**
 * Makes the rows of a study: for each prompt and round, one line of an experiment. A prompt that a file has several times,
 * for several models, is one. The same prompts give the same lines.
 *
 * @throws TuttiError `bad_input` for prompts of several turns or samples, and where there is none
 */
export async function* studyRows({
  model,
  rounds,
  limit = Number.POSITIVE_INFINITY,
  source,
}: StudyOptions): AsyncGenerator<string, void> {
  const rows = 'folder' in source ? folderRows(source.folder) : readSource(source);
  const [prompts, ids] = [new MadeIds(), new MadeIds()];
  const seen = new Set<string>();
  const problems: string[] = [];
  for await (const one of rows) {
    if (seen.size >= limit) break;
    const problem = problemOf(one.row);
    if (problem !== null) problems.push(`row ${one.number} ${problem}`);
    const { prompt, parameters } = one.row;
    const key = createHash('sha256').update(JSON.stringify([prompt ?? null, parameters ?? null]));
    const digest = key.digest('base64');
    if (problem !== null || seen.has(digest)) continue;
    seen.add(digest);
    const name = prompts.claim(ownId(one.row) ?? `NA-${one.number}`, one.number);
    for (let round = 1; round <= rounds; round++) {
      const id = ids.claim(rounds === 1 ? name : `${name}-round-${round}`, one.number);
      yield studyRow({ id, model, prompt_id: name, round }, one);
    }
  }
  if (problems.length > 0) throw wrongPrompts(problems);
  if (seen.size === 0) throw new TuttiError('bad_input', 'There is no prompt in it.', {});
}

async function* folderRows(folder: string): AsyncGenerator<SourceRow, void> {
  let number = 0;
  for await (const bytes of promptFolderRows(folder)) {
    yield { number: ++number, row: JSON.parse(bytes.toString('utf8')) as JsonObject };
  }
}

interface StudyKeys {
  readonly id: string;
  readonly model: string;
  readonly prompt_id: string;
  readonly round: number;
}

function studyRow({ id, model, prompt_id, round }: StudyKeys, { row }: SourceRow): string {
  const { prompt = '', parameters, mode, safety_filter } = row;
  const own = {
    ...{ id, prompt },
    ...(parameters !== undefined && { parameters }),
    ...(mode !== undefined && { mode }),
    ...(safety_filter !== undefined && { safety_filter }),
  };
  return madeRow({ own, settings: { model }, fixed: { prompt_id, round }, source: row });
}

/** A verdict is on one answer of each model. */
function problemOf({ prompt, parameters }: JsonObject): string | null {
  const turns = Array.isArray(prompt) ? (prompt as readonly JsonValue[]) : [];
  if (turns.length > 1 && turns.every((turn) => typeof turn === 'string')) {
    return 'has several turns';
  }
  const samples = (parameters as JsonObject | null | undefined)?.n;
  return samples !== undefined && samples !== 1 ? 'asks for several samples' : null;
}

function wrongPrompts(problems: readonly string[]): TuttiError {
  const more = problems.length - MAX_SHOWN;
  const shown = problems.slice(0, MAX_SHOWN).map((problem) => plainLine(problem));
  const lines = [...shown, ...(more > 0 ? [`… and ${more} more`] : [])];
  return new TuttiError('bad_input', lines.join('\n'), {
    hint: 'A prompt of a study is one text, or one list of messages; --rounds asks it several times.',
  });
}
