import { isJsonObject, type JsonValue } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';

/** A message as Gemini's content: its parts, and the assistant under the name it has there. */
export function contentOf(message: Message): JsonValue {
  const { role, content: _, parts: __, ...others } = message;
  return { role: role === 'assistant' ? 'model' : role, parts: partsOf(message), ...others };
}

/** The parts of a message, whether it has Gemini's `parts` or the `content` of other APIs. */
export function partsOf(message: Message): readonly JsonValue[] {
  const given: JsonValue | undefined = message.parts ?? message.content;
  if (Array.isArray(given)) return given.map(partOf);
  return given === undefined || given === null ? [] : [partOf(given)];
}

/** A text, and the ways in which others write a part that is nothing but text; any other as it is. */
function partOf(part: JsonValue): JsonValue {
  if (typeof part === 'string') return { text: part };
  if (!isJsonObject(part) || part.type !== 'text' || Object.keys(part).length !== 2) return part;
  const text = part.text ?? part.media;
  return typeof text === 'string' ? { text } : part;
}
