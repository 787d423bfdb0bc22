import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';

/** Writes messages as Gemini's `contents` and `systemInstruction`, with parts as the user wrote them. */
export function nativeContents(messages: readonly Message[]): JsonObject {
  const system = messages.filter(({ role }) => role === 'system').flatMap(partsOf);
  const contents = messages
    .filter(({ role }) => role !== 'system')
    .map((message) => ({
      role: message.role === 'assistant' ? 'model' : 'user',
      parts: partsOf(message),
    }));
  return { contents, ...(system.length > 0 ? { systemInstruction: { parts: system } } : {}) };
}

function partsOf({ content }: Message): JsonValue[] {
  return typeof content === 'string' ? [{ text: content }] : content.map(partOf);
}

/** A bare string, and the `{type: 'text'}` forms of other tools, are text parts. */
function partOf(part: JsonValue): JsonValue {
  if (typeof part === 'string') return { text: part };
  if (!isJsonObject(part) || part.type !== 'text') return part;
  return { text: part.text ?? part.media ?? '' };
}
