import type { Citation } from '../../core/answer-details.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';

/** Where vendors put the parts of a citation that have one name here. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  url: ['url', 'uri', 'link', 'source_url'],
  title: ['title', 'document_title', 'filename', 'display_name'],
  text: ['cited_text', 'quote', 'snippet', 'content', 'text'],
  start: ['start_index', 'start_char_index', 'startIndex', 'start'],
  end: ['end_index', 'end_char_index', 'endIndex', 'end'],
};

/** A citation in one form, whatever a vendor calls its parts: a bare address, or an object. */
export function citationOf(value: JsonValue | undefined): Citation | undefined {
  if (typeof value === 'string') return value === '' ? undefined : { url: value };
  if (!isJsonObject(value)) return undefined;
  const flat = flattened(value);
  const others = { ...flat };
  const known: Record<string, JsonValue> = {};
  for (const [name, places] of Object.entries(KEYS)) {
    const place = places.find((key) => flat[key] !== undefined && flat[key] !== null);
    if (place === undefined) continue;
    known[name] = flat[place]!;
    delete others[place];
  }
  return { ...known, ...others } as Citation;
}

/** A list of citations; undefined if it has none. */
export function citationsOf(value: unknown): readonly Citation[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const found = value.map(citationOf).filter((one) => one !== undefined);
  return found.length > 0 ? found : undefined;
}

/** `{type: 'url_citation', url_citation: {…}}` holds its parts one step below. */
function flattened(value: JsonObject): JsonObject {
  const { type } = value;
  const inner = typeof type === 'string' ? value[type] : undefined;
  if (!isJsonObject(inner)) return value;
  const { [type as string]: _, ...outer } = value;
  return { ...outer, ...inner };
}
