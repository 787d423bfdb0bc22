import type { JsonObject } from '../../core/json.ts';
import { fenceKey } from '../../judge/index.ts';
import { MadeIds, ownId } from '../made-rows/made-ids.ts';
import { madeRow } from '../made-rows/made-row.ts';
import { readSource, type SourceRow } from '../made-rows/read-source.ts';
import type { NamedModel } from '../made-rows/role-settings.ts';
import { listInstruction } from '../row/list-reply.ts';
import { translationInstruction } from '../row/translation-reply.ts';
import type { PromptSource } from './prompt-source.ts';
import { promptText } from './prompt-text.ts';
import type { RephraseWay } from './rephrase-ways.ts';
import type { Rephrasing } from './rephrasing.ts';

/**
 * Makes the rows that ask for other words: for each model, each way and each prompt with a text, in this order, one line of
 * an experiment. The same prompts give the same lines.
 */
export async function* rephraseRows(
  { models, ways, seed }: Rephrasing,
  { source, ids }: Pick<PromptSource, 'source' | 'ids'>,
): AsyncGenerator<string, void> {
  const given = new MadeIds();
  for (const model of models) {
    for (const way of ways) {
      for await (const one of readSource(source)) {
        const text = promptText(one.row.prompt)?.text;
        if (text === undefined) continue;
        const id = `rephrase-${model.name}-${way.name}-${ids.nameOf(one)}`;
        yield rephraseRow({ model, way, seed, text, id: given.claim(id, one.number) }, one);
      }
    }
  }
}

interface Asking {
  readonly model: NamedModel;
  readonly way: RephraseWay;
  readonly seed: number;
  readonly text: string;
  readonly id: string;
}

function rephraseRow({ model, way, seed, text, id }: Asking, { row, number }: SourceRow): string {
  const task = way.template.render({ INPUT_PROMPT: text });
  const { name, settings } = model;
  const input = inputId(row, number);
  const { reply } = way;
  if (reply === null) {
    const own = { id, ...way.keys, prompt: task };
    return madeRow({ own, settings, fixed: input, source: row });
  }
  const key = fenceKey({ seed, judge: name, texts: [task, id] });
  const form = reply.startsWith('via:')
    ? translationInstruction(key)
    : listInstruction(Number(reply.slice('list:'.length)), key);
  const own = { id, ...way.keys, prompt: `${task.trimEnd()}\n\n${form}` };
  const fixed = { reply_form: reply, reply_key: key, ...input };
  return madeRow({ own, settings, fixed, source: row });
}

/** Rows without an id are told apart by their numbers. */
function inputId(row: JsonObject, number: number): JsonObject {
  return ownId(row) === null ? { 'input-id': `NA-${number}` } : {};
}
