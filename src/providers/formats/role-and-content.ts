import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';

/**
 * Messages as most protocols write them: role and content, the content as the user wrote it. A bare
 * string among its parts, which prompto takes and no API does, becomes a part of text.
 */
export function roleAndContent(messages: readonly Message[]): JsonObject[] {
  return messages.map(({ role, content }) => ({
    role,
    content: typeof content === 'string' ? content : content.map(partOf),
  }));
}

function partOf(part: JsonValue): JsonValue {
  return typeof part === 'string' ? { type: 'text', text: part } : part;
}
