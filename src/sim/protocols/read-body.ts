import { numberOf } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { Refusal } from '../vendors/refusal.ts';
import type { AskedMessage } from './protocol.ts';

/** Joins the texts of a content: a string, or a list of parts of which those with `text` count. */
export function contentText(content: JsonValue | undefined): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part) => (isJsonObject(part) && typeof part.text === 'string' ? part.text : ''))
    .join('');
}

/** The text of the last user message; empty if there is none. */
export function lastUserText(messages: readonly AskedMessage[]): string {
  return messages.findLast((message) => message.role === 'user')?.text ?? '';
}

/**
 * Reads a list of `{role, content}` messages.
 *
 * @throws Refusal when it is absent, empty or has a message without a known role.
 */
export function readMessages(body: JsonObject, roles: readonly string[]): AskedMessage[] {
  const list = body.messages;
  if (!Array.isArray(list)) throw missing('messages');
  if (list.length === 0) throw wrong('messages', 'must hold at least one message');
  return list.map((message, index) => {
    const place = `messages[${index}]`;
    if (!isJsonObject(message)) throw wrong(place, 'must be an object');
    if (typeof message.role !== 'string' || !roles.includes(message.role)) {
      throw wrong(`${place}.role`, `must be one of ${roles.join(', ')}`);
    }
    if (message.content === undefined) throw missing(`${place}.content`);
    return { role: plainRole(message.role), text: contentText(message.content) };
  });
}

function plainRole(role: string): AskedMessage['role'] {
  if (role === 'system' || role === 'developer') return 'system';
  return role === 'assistant' || role === 'model' ? 'assistant' : 'user';
}

/** Reads a text that must be there. */
export function readText(body: JsonObject, name: string): string {
  const value = body[name];
  if (value === undefined) throw missing(name);
  if (typeof value !== 'string' || value === '') throw wrong(name, 'must be a non-empty string');
  return value;
}

/** Reads a number that may be absent, and must be within its range. */
export function readNumber(
  body: JsonObject,
  name: string,
  range: { readonly from: number; readonly to: number; readonly whole?: boolean },
): number | null {
  const given = body[name];
  if (given === undefined || given === null) return null;
  const value = numberOf(given);
  const fits = value !== null && value >= range.from && value <= range.to;
  if (!fits || (range.whole && !Number.isInteger(value))) {
    const kind = range.whole ? 'a whole number' : 'a number';
    throw wrong(name, `must be ${kind} from ${range.from} to ${range.to}`);
  }
  return value;
}

/** The refusal for a parameter that must be there. */
export function missing(name: string): Refusal {
  return new Refusal('bad_request', `Missing required parameter: '${name}'.`, { parameter: name });
}

/** The refusal for a parameter with a wrong value. */
export function wrong(name: string, must: string): Refusal {
  return new Refusal('bad_request', `Invalid '${name}': it ${must}.`, { parameter: name });
}
