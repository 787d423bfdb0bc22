import type { JsonValue } from '../core/json.ts';
import { isNestedTooDeeply } from '../core/json-depth.ts';
import { plainLine } from '../core/plain-text.ts';
import { repeatedKey } from './repeated-key.ts';

/** What reading a reply gave: its value, or what is wrong with it, as the end of "The reply …". */
export type ReadReply<Value> = { readonly value: Value } | { readonly mistake: string };

/**
 * Reads the JSON in the last closed `<NAME key="KEY">` … `</NAME>` of a reply. White space, the case of the tags, a key in
 * the closing one, a code fence around the JSON, line breaks and lone backslashes in its texts are tolerated; any other key
 * is somebody else's.
 */
export function readKeyedJson(reply: string, name: string, key: string): ReadReply<JsonValue> {
  const opening = new RegExp(`<\\s*${name}\\s+key\\s*=\\s*["']${key}["']\\s*>`, 'gi');
  const closing = new RegExp(`<\\s*/\\s*${name}\\b[^<>]{0,100}>`, 'gi');
  let isOpened = false;
  let found: Inside | undefined;
  let next: Inside | undefined;
  for (const { index, 0: tag, isOpening } of inOrder(reply, opening, closing)) {
    if (isOpening) {
      // The tag's case does not matter, that of the key does.
      if (!tag.includes(key)) continue;
      isOpened = true;
      next = { start: index + tag.length, end: -1, lastEnd: -1 };
    } else if (next !== undefined) {
      if (next.end < 0) next.end = index;
      next.lastEnd = index;
      found = next;
    }
  }
  if (found !== undefined) return parsed(reply, found, name);
  const missing = isOpened ? `</${name}> behind its ` : '';
  return { mistake: `has no ${missing}<${name} key="${key}">` };
}

/** A text between tags: its start, and where the first and the last closing tag behind it stand. */
interface Inside {
  readonly start: number;
  end: number;
  lastEnd: number;
}

function* inOrder(text: string, opening: RegExp, closing: RegExp) {
  const openings = text.matchAll(opening);
  let open = openings.next();
  for (const close of text.matchAll(closing)) {
    for (; !open.done && open.value.index < close.index; open = openings.next()) {
      yield { index: open.value.index, 0: open.value[0], isOpening: true };
    }
    yield { index: close.index, 0: close[0], isOpening: false };
  }
  if (!open.done) yield { index: open.value.index, 0: open.value[0], isOpening: true };
}

/** The first closing tag ends it, unless it stands inside of the JSON's own texts: then the last one does. */
function parsed(
  reply: string,
  { start, end, lastEnd }: Inside,
  name: string,
): ReadReply<JsonValue> {
  for (const close of new Set([end, lastEnd])) {
    const json = withEscapes(withoutCodeFence(reply.slice(start, close)));
    const value = parseJson(json);
    if (value === undefined) continue;
    const twice = repeatedKey(json);
    if (twice === undefined) return { value };
    return { mistake: `has a ${name} with the key ${JSON.stringify(plainLine(twice, 60))} twice` };
  }
  const shown = plainLine(reply.slice(start, Math.min(end, start + 300)), 80);
  return { mistake: `has a ${name} that is not JSON: ${shown}` };
}

function parseJson(text: string): JsonValue | undefined {
  if (isNestedTooDeeply(text)) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Models break lines inside of texts, and write LaTeX there, whose backslashes (`\(`, `\alpha`) JSON does not know. */
function withEscapes(json: string): string {
  let isText = false;
  return json.replace(/\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|["\\]|\p{Cc}/gu, (found) => {
    if (found === '"') isText = !isText;
    const isBroken = isText && found.length === 1 && found !== '"';
    return isBroken ? JSON.stringify(found).slice(1, -1) : found;
  });
}

function withoutCodeFence(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('```') || !trimmed.endsWith('```') || trimmed.length < 6) return trimmed;
  return trimmed.slice(3, -3).replace(/^\s*json\b/i, '');
}
