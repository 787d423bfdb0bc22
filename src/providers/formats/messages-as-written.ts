import type { JsonValue } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';

/**
 * The messages as the user wrote them: every key, every part. Only a bare string among parts, which
 * prompto takes and no API does, becomes a part of text.
 *
 * @param typeOf the type that a part of text has in a message; `text` unless told.
 */
export function messagesAsWritten(
  messages: readonly Message[],
  typeOf: (message: Message) => string = () => 'text',
): readonly JsonValue[] {
  return messages.some(hasBareString)
    ? messages.map((message) =>
        hasBareString(message)
          ? { ...message, content: partsAsWritten(message.content, typeOf(message)) }
          : message,
      )
    : messages;
}

/** Parts as the user wrote them, with bare strings as parts of text. */
export function partsAsWritten(
  content: Message['content'],
  type: string = 'text',
): readonly JsonValue[] {
  const parts = typeof content === 'string' ? [content] : content;
  return parts.map((part) => (typeof part === 'string' ? { type, text: part } : part));
}

function hasBareString({ content }: Message): boolean {
  return Array.isArray(content) && content.some((part) => typeof part === 'string');
}
