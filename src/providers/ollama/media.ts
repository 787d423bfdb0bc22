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
    ? messages.map((message) => (hasMedia(message) ? withImagesBeside(message, media) : message))
    : messages;
}

function withImagesBeside(message: Message, media: MediaPlaces): Message {
  const parts = message.content as readonly JsonValue[];
  const images = parts.filter(isMediaPart).map((part) => media.base64(part));
  const before = Array.isArray(message.images) ? (message.images as readonly JsonValue[]) : [];
  const texts = parts.filter((part) => !isMediaPart(part)).map(textOf);
  return { ...message, content: texts.join('\n'), images: [...before, ...images] };
}

function textOf(part: JsonValue): string {
  if (typeof part === 'string') return part;
  return isJsonObject(part) && typeof part.text === 'string' ? part.text : JSON.stringify(part);
}

function hasMedia({ content }: Message): boolean {
  return Array.isArray(content) && content.some(isMediaPart);
}
