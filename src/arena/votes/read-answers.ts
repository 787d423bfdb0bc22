import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { isPromptoError } from '../../core/prompto-error.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { openRows } from '../../io/datasets/index.ts';
import { feedWholeLines } from '../../io/delimited/index.ts';
import { type FileLayer, nodeFiles } from '../../io/index.ts';
import { shownValue } from './invalid-values.ts';
import { itemName } from './item-name.ts';
import { JsonLines } from './json-lines.ts';
import { nameOf } from './json-row.ts';
import { parseJson } from './json-text.ts';

/** An answer of a model to a prompt, for choosing pairs. */
export interface ReadAnswer {
  readonly item: string;
  readonly prompt: string;
  readonly text: string;
  /** Other values of the row as texts, overlaid by those of its prompt: what `--where` looks at. */
  readonly columns: ReadonlyMap<string, string>;
}

/** Where answers come from. */
export interface ReadAnswersOptions {
  /** JSON lines with an `id` for each prompt; their values join the answers of that prompt. */
  readonly prompts?: string | undefined;
}

type Source = string | { readonly name: string; readonly stream: Readable };

const ITEM_KEYS = ['model', 'model_name'];
const TEXT_KEYS = ['result', 'response'];

/**
 * Reads the answers of models from JSON lines or Parquet: `model`, `prompt` and `result` (results of LLMFAO), or
 * tutti's completed records, whose text is `response`, whose model is `model`, or `api` and
 * `model_name`, and of which failed ones are passed over. Several samples are one answer, the first.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`; `bad_input` with the line of a row that is none.
 */
export async function readAnswers(
  source: Source,
  options: ReadAnswersOptions = {},
  files: FileLayer = nodeFiles,
): Promise<ReadAnswer[]> {
  const prompts = new Map<string, JsonObject>();
  if (options.prompts !== undefined) {
    await eachObject(options.prompts, files, (row, place) => {
      const id = nameOf(row.id);
      if (id === null) throw wrong(place, `id is ${shownValue(row.id)}, not a name`);
      prompts.set(id, row);
    });
  }
  const answers: ReadAnswer[] = [];
  await eachObject(source, files, (row, place) => {
    if (isFailed(row)) return;
    const item = itemName(itemOf(row) ?? '');
    const text = textOf(row);
    if (item === null) throw wrong(place, 'there is no model');
    if (text === null) throw wrong(place, 'there is no result or response');
    const prompt = promptOf(row.prompt);
    const columns = new Map([...scalars(row), ...scalars(prompts.get(prompt) ?? {})]);
    answers.push({ item, prompt, text, columns });
  });
  return answers;
}

/** A failed row has no answer; a table has a column for that, and prompto writes its error in the place of one. */
function isFailed({ answer, response, result, ...others }: JsonObject): boolean {
  if (isJsonObject(answer)) return answer.status === 'error';
  if (others['answer-status'] === 'error') return true;
  return answer === undefined && result === undefined && isPromptoError(response);
}

function itemOf(row: JsonObject): string | null {
  const name = ITEM_KEYS.map((key) => nameOf(row[key])).find((found) => found !== null) ?? null;
  return name !== null && row.model === undefined && typeof row.api === 'string'
    ? `${row.api}/${name}`
    : name;
}

function textOf(row: JsonObject): string | null {
  const value = TEXT_KEYS.map((key) => row[key]).find((found) => found !== undefined);
  const first: JsonValue | undefined = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : null;
}

/** A prompt's name: its id or text, or the JSON of a list of turns. */
function promptOf(value: JsonValue | undefined): string {
  return nameOf(value) ?? JSON.stringify(value ?? null);
}

function* scalars(row: JsonObject): Generator<[string, string]> {
  for (const [key, value] of Object.entries(row)) {
    if (value !== null && typeof value !== 'object') yield [key, String(value)];
  }
}

async function eachObject(
  source: Source,
  files: FileLayer,
  take: (row: JsonObject, place: string) => void,
): Promise<void> {
  const [name, from] = typeof source === 'string' ? [source, source] : [source.name, source.stream];
  const { chunks } = await openRows(from, name, files);
  const lines = new JsonLines({
    take: (bytes, line) => {
      const place = `${name}, line ${line}`;
      if (!isUtf8(bytes)) throw wrong(place, 'is not UTF-8');
      const text = bytes.toString('utf8').trim();
      if (text === '') return;
      const value = parseJson(text);
      if (!isJsonObject(value)) throw wrong(place, `is not a JSON object: ${shownValue(text)}`);
      take(value, place);
    },
  });
  await feedWholeLines(
    chunks,
    (...held) => lines.take(...held),
    name,
    () => lines.line,
  );
}

function wrong(place: string, what: string): TuttiError {
  return new TuttiError('bad_input', `${place}: ${what}`, {
    hint: 'Each line is a JSON object with model, prompt and result (or response).',
  });
}
