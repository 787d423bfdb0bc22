import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';

/** Messages as most protocols write them: role and content, the content as the user wrote it. */
export function roleAndContent(messages: readonly Message[]): JsonObject[] {
  return messages.map(({ role, content }) => ({ role, content: content as JsonValue }));
}
