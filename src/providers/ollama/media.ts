import { isJsonObject, type JsonValue } from '../../core/json.ts';
import type { MediaRules } from '../../core/media.ts';
import { isMediaPart } from '../../core/media-part.ts';
import type { Message } from '../../core/message.ts';
import type { MediaPlaces } from '../formats/media-places.ts';

/** What Ollama can be told. */
export const OLLAMA_MEDIA: MediaRules = {
  form: 'ollama',
  kinds: { image: { addresses: [] } },
};

/** Messages with their images where Ollama has them: beside the text, and the text in one piece. */
export function withImages(messages: readonly Message[], media: MediaPlaces): readonly Message[] {
  return messages.some(hasMedia)
    ? messages.map((message) =>
        hasMedia(message) || isTexts(message) ? withImagesBeside(message, media) : message,
      )
    : messages;
}

function withImagesBeside(message: Message, media: MediaPlaces): Message {
  const parts = message.content as readonly JsonValue[];
  const images = parts.filter(isMediaPart).map((part) => media.base64(part));
  const before = Array.isArray(message.images) ? (message.images as readonly JsonValue[]) : [];
  const texts = parts.filter((part) => !isMediaPart(part)).map(textOf);
  const all = [...before, ...images];
  return { ...message, content: texts.join('\n'), ...(all.length > 0 && { images: all }) };
}

function textOf(part: JsonValue): string {
  if (typeof part === 'string') return part;
  return isJsonObject(part) && typeof part.text === 'string' ? part.text : JSON.stringify(part);
}

function isTexts({ content }: Message): boolean {
  return Array.isArray(content) && content.every((part) => typeof part === 'string');
}

function hasMedia({ content }: Message): boolean {
  return Array.isArray(content) && content.some(isMediaPart);
}
