import { behindThinking } from '../../core/behind-thinking.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { answerState } from '../made-rows/answered.ts';
import { MadeIds, ownId } from '../made-rows/made-ids.ts';
import { objectText, sourceOf } from '../made-rows/made-row.ts';
import { type RowSource, readSource, type SourceRow } from '../made-rows/read-source.ts';
import { readList } from '../row/list-reply.ts';
import { readReplyForm } from '../row/reply-form.ts';
import { type PromptText, promptText } from './prompt-text.ts';
import type { Rephrasing } from './rephrasing.ts';

/** What became of replies. */
export interface RephraseCounts {
  /** New prompts. */
  rephrased: number;
  /** Rows that failed. */
  errors: number;
  /** Replies whose list cannot be read. */
  unreadable: number;
  /** Texts of nothing but white space, which are no prompts. */
  empty: number;
  /** Texts that are the prompt itself. */
  equal: number;
}

/** Counts of which nothing has been counted. */
export function noCounts(): RephraseCounts {
  return { rephrased: 0, errors: 0, unreadable: 0, empty: 0, equal: 0 };
}

/**
 * Makes the rows of the experiment that asks the rephrased prompts: each with the keys of its original, `input-prompt` and
 * `input-id`; then, unless they are left out, the originals.
 *
 * @param answered records of the run that rephrased
 * @param originals the prompts as they were
 * @param counts is told what became of replies
 */
export async function* rephrasedRows(
  { parse, keepOriginal }: Rephrasing,
  answered: RowSource,
  originals: RowSource,
  counts: RephraseCounts,
): AsyncGenerator<string, void> {
  const given = new MadeIds();
  for await (const one of readSource(answered)) {
    yield* newRows(one, textsOf(one.row, parse, counts), given, counts);
  }
  if (!keepOriginal) return;
  for await (const { row, number } of readSource(originals)) {
    const id = ownId(row);
    const kept = new Map(Object.entries(row));
    const own = id === null ? null : given.claim(id, number);
    if (own !== null && own !== id) kept.set('id', own);
    // One that was rephrased before keeps its first original.
    kept.set('input-id', row['input-id'] ?? row.id ?? `NA-${number}`);
    kept.set('input-prompt', row['input-prompt'] ?? row.prompt ?? '');
    yield objectText(kept);
  }
}

function* newRows(
  { row, number }: SourceRow,
  texts: readonly string[],
  given: MadeIds,
  counts: RephraseCounts,
): Generator<string> {
  const source = sourceOf(row);
  const original = promptText(source.get('prompt'));
  if (original === null) return;
  for (const [at, text] of texts.entries()) {
    if (text.trim() === '') counts.empty++;
    else if (isEqual(text, original)) counts.equal++;
    else {
      counts.rephrased++;
      const own = ownId(row) ?? `NA-${number}`;
      const id = given.claim(texts.length > 1 ? `${own}-${at}` : own, number);
      yield newRow(id, original.with(text), source);
    }
  }
}

/** A prompt of the experiment: what is restored of the original comes behind, and never replaces the new prompt. */
function newRow(id: string, prompt: JsonValue, source: ReadonlyMap<string, JsonValue>): string {
  const row = new Map<string, JsonValue>([
    ['id', id],
    ['prompt', prompt],
    ['input-prompt', source.get('prompt') ?? ''],
    ['input-id', source.get('id') ?? 'NA'],
  ]);
  for (const [key, value] of source) if (key !== 'prompt' && key !== 'id') row.set(key, value);
  return objectText(row);
}

function textsOf(
  row: JsonObject,
  parse: Rephrasing['parse'],
  counts: RephraseCounts,
): readonly string[] {
  const state = answerState(row);
  if (state === 'error') counts.errors++;
  if (state === 'empty') counts.empty++;
  if (state !== 'answered') return [];
  const { reply_form: form, reply_key: key, response = '' } = row;
  const replies = (Array.isArray(response) ? response : [response]).filter(
    (reply) => typeof reply === 'string',
  );
  const wanted = typeof form === 'string' ? readReplyForm(form, key) : undefined;
  if (wanted === undefined || 'problem' in wanted || wanted.form.kind !== 'list') {
    return replies.map(behindThinking).flatMap(parse);
  }
  const read = readList(replies[0] ?? '', wanted.form.count, wanted.key);
  if ('value' in read) return read.value;
  counts.unreadable++;
  return [];
}

function isEqual(text: string, { text: original }: PromptText): boolean {
  return text.trim().normalize('NFC') === original.trim().normalize('NFC');
}
