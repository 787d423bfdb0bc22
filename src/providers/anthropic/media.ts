import type { JsonValue } from '../../core/json.ts';
import type { MediaRules } from '../../core/media.ts';
import type { MediaPart } from '../../core/media-part.ts';
import { WEB } from '../formats/chat-media.ts';
import type { MediaPlaces } from '../formats/media-places.ts';

/** What the Messages API can be told. */
export const ANTHROPIC_MEDIA: MediaRules = {
  form: 'anthropic',
  kinds: {
    image: { types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'], addresses: WEB },
    document: { types: ['application/pdf'], addresses: WEB },
  },
  largestRequestBytes: 32_000_000,
};

/** Writes a part as a block. */
export function anthropicMedia(part: MediaPart, media: MediaPlaces): JsonValue {
  const { url, mediaType, kind, others } = part;
  const source =
    url === null
      ? { type: 'base64', media_type: mediaType, data: media.base64(part) }
      : { type: 'url', url };
  return { type: kind, source, ...others };
}
