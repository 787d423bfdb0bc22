import { behindThinking } from '../../core/behind-thinking.ts';
import { parseExactJson } from '../../core/exact-json.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { fencedBlocks } from './fenced-blocks.ts';
import { inventedKey } from './invented-key.ts';
import { longestValue, valuesIn } from './longest-value.ts';
import type { OutputForm } from './output-form.ts';
import { withOwnQuotes } from './own-quotes.ts';

/** The JSON of an answer, or why there is none, as a clause about the answer. */
export type FoundJson =
  | {
      readonly value: JsonValue;
      /** Its own text. */
      readonly json: string;
      readonly isRepaired: boolean;
      /** What there is besides, and may be JSON, too; null: nothing. */
      readonly within: string | null;
    }
  | { readonly mistake: string };

/** Longest text that is repaired, in characters: with a mistake every few characters, that takes time by the square. */
const MAX_REPAIR = 100_000;

/** Where a model writes dots for what it did not care to write: repaired, it would be a valid shorter list. */
const LEFT_OUT = /[[{,]\s{0,100}(?:\.{3}|…)\s{0,100}[\]},]/u;

/** A backslash and what stands behind it where that makes an escape, else alone; and what only escapes may write. */
const BROKEN = /\\(?:["'`\\/bfnrt\n\r]|u[\da-fA-F]{4})|\\|(?![\n\r\t])\p{Cc}/gu;

/** Ways to end of an answer that its model has ended itself. */
const ENDED: readonly (string | null)[] = ['stop', 'tool_calls'];

/**
 * Finds the JSON of an answer: the whole of it; else what stands behind its thinking, in a code fence, or is the longest
 * list or object, or where a list is asked, objects one behind the other; at last one of these that is repaired.
 *
 * An answer that was cut is only taken as a whole, because a part of it may be whole in itself and yet be less than what
 * was to come; for the same reason nothing is repaired unless the model is known to have ended.
 */
export function findJson(
  text: string,
  finishReason: string | null,
  { repair, isList }: Pick<OutputForm, 'repair' | 'isList'>,
): FoundJson {
  const whole = parsed(text);
  if (whole !== undefined) return whole;
  const answer = behindThinking(text);
  const rest = answer === text ? undefined : parsed(answer);
  if (rest !== undefined) return rest;
  if (finishReason === 'length') return { mistake: 'it was cut at the token limit' };
  const isEnded = ENDED.includes(finishReason);
  const blocks = fencedBlocks(answer);
  const block = longestOf(blocks);
  const fenced = block === undefined ? undefined : parsedStructure(block);
  if (fenced !== undefined) return { ...fenced, within: blocks.join('\n') };
  const inBlock = block === undefined ? undefined : longestValue(block);
  // A value that goes on behind its block has a fence in one of its texts.
  const source = inBlock?.isClosed ? block! : answer;
  const found = inBlock?.isClosed ? inBlock : longestValue(answer);
  if (found === undefined) return { mistake: 'there is no JSON in it' };
  const row = isList && isEnded && blocks.length < 2 ? objectsInARow(source) : undefined;
  if (row !== undefined) return row;
  const json = source.slice(found.start, found.end);
  const isWhole = found.isClosed && (isEnded || !found.isLeftOpen);
  const part = isWhole ? parsedStructure(json) : undefined;
  if (part !== undefined) return { ...part, within: answer };
  return isEnded ? repaired(json, repair) : { mistake: 'its JSON is not right' };
}

/** Goes through the lists and objects of an answer which are JSON and stand in no other. */
export function* structuresIn(answer: string): Generator<JsonText> {
  for (const { start, end, isClosed } of valuesIn(answer)) {
    const found = isClosed ? parsedStructure(answer.slice(start, end)) : undefined;
    if (found !== undefined) yield found;
  }
}

/** Objects with nothing but commas and space between them, as of a file of JSON lines, are the list that they make. */
function objectsInARow(text: string): JsonText | undefined {
  const objects: string[] = [];
  let from = 0;
  for (const { start, end, isClosed } of valuesIn(text)) {
    if (!isClosed || text[start] !== '{' || !isBetween(text.slice(from, start))) return undefined;
    objects.push(text.slice(start, end));
    from = end;
  }
  if (objects.length < 2 || !isBetween(text.slice(from))) return undefined;
  const list = parsedStructure(`[${objects.join(',')}]`);
  const isWrapped = list !== undefined && Object.hasOwn((list.value as JsonObject[])[0]!, 'rows');
  return list === undefined || isWrapped ? undefined : { ...list, isRepaired: true };
}

function longestOf(texts: readonly string[]): string | undefined {
  return texts.reduce<string | undefined>(
    (longest, text) => (text.length > (longest?.length ?? 0) ? text : longest),
    undefined,
  );
}

function isBetween(text: string): boolean {
  return /^[\s,]*$/.test(text);
}

type JsonText = Extract<FoundJson, { readonly json: string }>;

function parsed(text: string): JsonText | undefined {
  try {
    return { value: parseExactJson(text), json: text, isRepaired: false, within: null };
  } catch {
    return undefined;
  }
}

function parsedStructure(text: string): JsonText | undefined {
  const found = parsed(text);
  return typeof found?.value === 'object' ? found : undefined;
}

function repaired(json: string, repair: (text: string) => string): FoundJson {
  if (json.length > MAX_REPAIR) return { mistake: 'its JSON is not right, and too long to mend' };
  if (LEFT_OUT.test(json)) return { mistake: 'it leaves out a part of its JSON ("...")' };
  let mended: string;
  try {
    mended = repair(withEscapes(json));
  } catch {
    // It may also be nested so deeply that there is no room left to look.
    return { mistake: 'its JSON is not right' };
  }
  const found = parsedStructure(mended);
  if (found === undefined || inventedKey(found.value, json) !== undefined)
    return { mistake: 'its JSON is not right' };
  return { ...found, value: withOwnQuotes(found.value, json), isRepaired: true };
}

/**
 * A backslash that escapes nothing stands for itself (`C:\\dir`, `\\alpha`); the repair would drop it, and knows no control
 * character.
 */
function withEscapes(json: string): string {
  return json.replace(BROKEN, (found) =>
    found.length > 1 ? found : JSON.stringify(found).slice(1, -1),
  );
}
