import type { JsonValue } from '../../core/json.ts';
import type { MediaRules } from '../../core/media.ts';
import type { MediaPart } from '../../core/media-part.ts';
import { WEB } from '../formats/chat-media.ts';
import { addressOfPart, type MediaPlaces } from '../formats/media-places.ts';

/** What the Responses API can be told. */
export const RESPONSES_MEDIA: MediaRules = {
  form: 'openai-responses',
  kinds: {
    image: { types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'], addresses: WEB },
    document: { types: ['application/pdf'], addresses: WEB },
  },
};

/** Writes a part as an item of a message. */
export function responsesMedia(part: MediaPart, media: MediaPlaces): JsonValue {
  const { detail, name, url, kind, others } = part;
  const looks = detail !== null && { detail };
  if (kind === 'image') {
    return { type: 'input_image', image_url: addressOfPart(part, media), ...looks, ...others };
  }
  const where =
    url === null
      ? { filename: name ?? 'document.pdf', file_data: addressOfPart(part, media) }
      : { file_url: url };
  return { type: 'input_file', ...where, ...looks, ...others };
}
