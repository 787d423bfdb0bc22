import type { JsonValue } from '../../core/json.ts';
import type { MediaKind, MediaRules } from '../../core/media.ts';
import type { MediaPart } from '../../core/media-part.ts';
import { addressOfPart, type MediaPlaces } from './media-places.ts';

/** Addresses that a server of the web fetches. */
export const WEB = ['https', 'http'] as const;

/** What OpenAI's Chat Completions can be told. */
export const CHAT_MEDIA = {
  form: 'openai-chat',
  kinds: {
    image: { types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'], addresses: WEB },
    audio: { types: ['audio/wav', 'audio/mpeg'], addresses: [] },
    document: { types: ['application/pdf'], addresses: [] },
  },
} as const satisfies MediaRules;

/** What the form of Chat Completions has words for, with what servers that copy it have added. */
export const COMPATIBLE_MEDIA: MediaRules = {
  form: 'openai-chat',
  kinds: {
    image: { addresses: WEB },
    audio: { addresses: [] },
    document: { types: ['application/pdf'], addresses: [] },
    video: { addresses: WEB },
  },
};

/** Writes a part as Chat Completions has it. */
export function chatMedia(part: MediaPart, media: MediaPlaces): JsonValue {
  return { ...WRITERS[part.kind](part, media), ...part.others };
}

type PartWriter = (part: MediaPart, media: MediaPlaces) => { readonly [key: string]: JsonValue };

const WRITERS: Readonly<Record<MediaKind, PartWriter>> = {
  image: (part, media) => ({
    type: 'image_url',
    image_url: {
      url: addressOfPart(part, media),
      ...(part.detail !== null && { detail: part.detail }),
    },
  }),
  audio: (part, media) => ({
    type: 'input_audio',
    input_audio: { data: media.base64(part), format: audioFormat(part.mediaType) },
  }),
  document: (part, media) => ({
    type: 'file',
    file: { filename: part.name ?? 'document.pdf', file_data: addressOfPart(part, media) },
  }),
  video: (part, media) => ({
    type: 'video_url',
    video_url: { url: addressOfPart(part, media) },
  }),
};

const FORMATS: Readonly<Record<string, string>> = { 'audio/mpeg': 'mp3', 'audio/mp4': 'm4a' };

function audioFormat(mediaType: string | null): string {
  const type = mediaType ?? '';
  return FORMATS[type] ?? type.slice(type.indexOf('/') + 1);
}
