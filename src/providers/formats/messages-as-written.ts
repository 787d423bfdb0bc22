import type { JsonValue } from '../../core/json.ts';
import { isMediaPart, type MediaPart } from '../../core/media-part.ts';
import type { Message } from '../../core/message.ts';

/** How an API has what messages hold besides its own parts. */
export interface PartForm {
  /** The type of a part of text in a message. */
  typeOfText(message: Message): string;
  /** Writes an image, a sound, a document or a video. */
  writeMedia(part: MediaPart): JsonValue;
}

/**
 * The messages as the user wrote them: every key, every part. Only a bare string among parts, which
 * prompto takes and no API does, becomes a part of text, and a part in no API's form one in this API's.
 */
export function messagesAsWritten(
  messages: readonly Message[],
  form: PartForm,
): readonly JsonValue[] {
  return messages.some(hasOthers)
    ? messages.map((message) =>
        hasOthers(message)
          ? {
              ...message,
              content: partsAsWritten(message.content, form.typeOfText(message), form.writeMedia),
            }
          : message,
      )
    : messages;
}

/** Parts as the user wrote them, with bare strings as parts of text. */
export function partsAsWritten(
  content: Message['content'],
  typeOfText: string,
  writeMedia: PartForm['writeMedia'],
): readonly JsonValue[] {
  const parts = typeof content === 'string' ? [content] : content;
  return parts.map((part) => {
    if (typeof part === 'string') return { type: typeOfText, text: part };
    return isMediaPart(part) ? writeMedia(part) : part;
  });
}

function hasOthers({ content }: Message): boolean {
  return (
    Array.isArray(content) && content.some((part) => typeof part === 'string' || isMediaPart(part))
  );
}
