import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';

/** Shorter base64 stays as it came. */
const SHORT_CHARACTERS = 64 * 1024;
const DATA_ADDRESS = /^data:[^,]{0,200};base64,/;
/** Keys whose texts are base64 in one of the protocols. */
const KEYS_OF_BYTES: ReadonlySet<string> = new Set(['data', 'images', 'input_audio']);
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * A body without its long base64, which would fill a log: in place of each stands its length and its hash.
 *
 * @param text what the body was read from
 */
export function shortenBytes(body: JsonValue, text: string): JsonValue {
  return text.length < SHORT_CHARACTERS ? body : withoutBytes(body, '');
}

function withoutBytes(value: JsonValue, key: string): JsonValue {
  if (typeof value === 'string') return shortened(value, key);
  if (Array.isArray(value)) return value.map((one) => withoutBytes(one, key));
  if (!isJsonObject(value) || JSON.isRawJSON(value)) return value;
  const entries = Object.entries(value as JsonObject);
  return Object.fromEntries(entries.map(([name, one]) => [name, withoutBytes(one, name)]));
}

function shortened(text: string, key: string): string {
  if (text.length < SHORT_CHARACTERS) return text;
  const [head = ''] = DATA_ADDRESS.exec(text) ?? [];
  const data = text.slice(head.length);
  if ((head === '' && !KEYS_OF_BYTES.has(key)) || !BASE64.test(data)) return text;
  const bytes = Buffer.from(data, 'base64');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return `${head}[${bytes.length} bytes, sha256 ${sha256}]`;
}
