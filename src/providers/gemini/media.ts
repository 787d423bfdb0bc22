import type { JsonValue } from '../../core/json.ts';
import type { MediaRules } from '../../core/media.ts';
import type { MediaPart } from '../../core/media-part.ts';
import type { MediaPlaces } from '../formats/media-places.ts';

/** It fetches what is on the web and, where it was registered, in Google's storage. */
const ADDRESSES = ['https', 'http', 'gs'];

/** What Gemini can be told. */
export const GEMINI_MEDIA: MediaRules = {
  form: 'gemini',
  kinds: {
    image: {
      types: ['image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/heif'],
      addresses: ADDRESSES,
    },
    audio: {
      types: [
        ...['audio/wav', 'audio/mpeg', 'audio/aiff', 'audio/aac', 'audio/ogg', 'audio/flac'],
        'audio/mp4',
      ],
      addresses: ADDRESSES,
    },
    video: {
      types: [
        ...['video/mp4', 'video/mpeg', 'video/quicktime', 'video/x-msvideo', 'video/x-flv'],
        ...['video/webm', 'video/x-ms-wmv', 'video/3gpp'],
      ],
      addresses: ADDRESSES,
    },
    document: { types: ['application/pdf'], addresses: ADDRESSES },
  },
  uploadsAboveBytes: 20_000_000,
  storedUnder: 'https://generativelanguage.googleapis.com/v1beta/',
};

/** Where Gemini's own name for a type is another one. */
const NAMES: Readonly<Record<string, string>> = {
  'audio/mpeg': 'audio/mp3',
  'audio/mp4': 'audio/m4a',
  'video/quicktime': 'video/mov',
  'video/x-msvideo': 'video/avi',
  'video/x-ms-wmv': 'video/wmv',
};

/** Gemini's name for a media type. */
export function geminiType(mediaType: string): string {
  return NAMES[mediaType] ?? mediaType;
}

/** Writes a part: its bytes, or where they are. */
export function geminiMedia(part: MediaPart, media: MediaPlaces): JsonValue {
  const { mediaType, others } = part;
  const mimeType = mediaType === null ? {} : { mimeType: geminiType(mediaType) };
  const fileUri = part.url ?? media.storedAt(part)?.uri;
  return fileUri === undefined
    ? { inlineData: { ...mimeType, data: media.base64(part) }, ...others }
    : { fileData: { ...mimeType, fileUri }, ...others };
}
