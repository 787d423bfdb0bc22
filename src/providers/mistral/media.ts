import type { JsonValue } from '../../core/json.ts';
import type { MediaRules } from '../../core/media.ts';
import type { MediaPart } from '../../core/media-part.ts';
import { chatMedia, WEB } from '../formats/chat-media.ts';
import { addressOfPart, type MediaPlaces } from '../formats/media-places.ts';

/** What Mistral can be told. */
export const MISTRAL_MEDIA: MediaRules = {
  form: 'mistral',
  kinds: {
    image: { types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'], addresses: WEB },
    audio: { addresses: WEB },
    document: { types: ['application/pdf'], addresses: WEB },
  },
};

/** Writes a part; sounds and documents are other ones than OpenAI's. */
export function mistralMedia(part: MediaPart, media: MediaPlaces): JsonValue {
  switch (part.kind) {
    case 'audio':
      return { type: 'input_audio', input_audio: part.url ?? media.base64(part), ...part.others };
    case 'document':
      return {
        type: 'document_url',
        document_url: addressOfPart(part, media),
        ...(part.name !== null && { document_name: part.name }),
        ...part.others,
      };
    default:
      return chatMedia(part, media);
  }
}
