import { behindThinking } from '../../core/behind-thinking.ts';
import { parseExactJson } from '../../core/exact-json.ts';
import type { JsonValue } from '../../core/json.ts';
import { isNestedTooDeeply } from '../../core/json-depth.ts';
import { fencedBlock } from './fenced-block.ts';
import { inventedKey } from './invented-key.ts';
import { longestValue } from './longest-value.ts';

/** The JSON of an answer, or why there is none, as a clause about the answer. */
export type FoundJson =
  | {
      readonly value: JsonValue;
      /** Its own text. */
      readonly json: string;
      readonly isRepaired: boolean;
    }
  | { readonly mistake: string };

/** Longest text that is repaired, in characters: with a mistake every few characters, that takes time by the square. */
const MAX_REPAIR = 100_000;

/** Where a model writes dots for what it did not care to write: repaired, it would be a valid shorter list. */
const LEFT_OUT = /[[{,]\s{0,100}(?:\.{3}|…)\s{0,100}[\]},]/u;

/** A backslash and what stands behind it where that makes an escape; else the backslash alone. */
const BACKSLASH = /\\(?:["'`\\/bfnrt\n\r]|u[\da-f]{4})|\\/gi;

/** Ways to end of an answer that its model has ended itself. */
const ENDED: readonly (string | null)[] = ['stop', 'tool_calls'];

/**
 * Finds the JSON of an answer: the whole of it; else what stands behind its thinking, in a code fence, or is the longest
 * list or object; at last one of these that is repaired.
 *
 * An answer that was cut is only taken as a whole, because a part of it may be whole in itself and yet be less than what
 * was to come; for the same reason nothing is repaired unless the model is known to have ended.
 */
export function findJson(
  text: string,
  finishReason: string | null,
  repair: (text: string) => string,
): FoundJson {
  const whole = parsed(text);
  if (whole !== undefined) return whole;
  const answer = behindThinking(text);
  const rest = answer === text ? undefined : parsed(answer);
  if (rest !== undefined) return rest;
  if (finishReason === 'length') return { mistake: 'it was cut at the token limit' };
  const isEnded = ENDED.includes(finishReason);
  const block = fencedBlock(answer);
  const fenced = block === undefined ? undefined : parsedStructure(block);
  if (fenced !== undefined) return fenced;
  const inBlock = block === undefined ? undefined : longestValue(block);
  // A value that goes on behind its block has a fence in one of its texts.
  const source = inBlock?.isClosed ? block! : answer;
  const found = inBlock?.isClosed ? inBlock : longestValue(answer);
  if (found === undefined) return { mistake: 'there is no JSON in it' };
  const json = source.slice(found.start, found.end);
  const isWhole = found.isClosed && (isEnded || !found.isLeftOpen);
  const part = isWhole ? parsedStructure(json) : undefined;
  return part ?? (isEnded ? repaired(json, repair) : { mistake: 'its JSON is not right' });
}

function parsed(text: string): FoundJson | undefined {
  try {
    return { value: parseExactJson(text), json: text, isRepaired: false };
  } catch {
    return undefined;
  }
}

function parsedStructure(text: string): FoundJson | undefined {
  const found = parsed(text);
  const isStructure = found !== undefined && 'value' in found && typeof found.value === 'object';
  return isStructure ? found : undefined;
}

function repaired(json: string, repair: (text: string) => string): FoundJson {
  if (json.length > MAX_REPAIR) return { mistake: 'its JSON is not right, and too long to mend' };
  if (isNestedTooDeeply(json))
    return { mistake: 'its JSON is not right, and nested too deeply to mend' };
  if (LEFT_OUT.test(json)) return { mistake: 'it leaves out a part of its JSON ("...")' };
  let mended: string;
  try {
    mended = repair(withBackslashes(json));
  } catch {
    return { mistake: 'its JSON is not right' };
  }
  const found = parsedStructure(mended);
  const isRight =
    found !== undefined && 'value' in found && inventedKey(found.value, json) === undefined;
  return isRight ? { ...found, isRepaired: true } : { mistake: 'its JSON is not right' };
}

/** A backslash that escapes nothing stands for itself (`C:\\dir`, `\\alpha`); the repair would drop it. */
function withBackslashes(json: string): string {
  return json.replace(BACKSLASH, (found) => (found === '\\' ? '\\\\' : found));
}
