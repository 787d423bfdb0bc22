import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { MediaForm, MediaKind } from '../../core/media.ts';
import { usualType } from '../types/kind-of-type.ts';
import {
  bytesOrPath,
  isDataAddress,
  type MediaSource,
  mustBeBytes,
  sourceOf,
} from './media-source.ts';

/** A part that shows something, as it is written. */
export interface ReadPart {
  /** Of the APIs whose own form it is, to the letter; such a part goes to them as it is. */
  readonly own: readonly MediaForm[];
  /** Of the APIs that know its other keys. */
  readonly kin: readonly MediaForm[];
  /** By its form; null where only its type or its bytes tell. */
  readonly kind: MediaKind | null;
  /** As it is written; null if it is not. */
  readonly mediaType: string | null;
  readonly source: MediaSource;
  readonly name: string | null;
  readonly detail: string | null;
  /** The other keys of the part. */
  readonly others: JsonObject;
}

/** Reads a part in any form that is known; null where it shows nothing but text. */
export function readPart(part: JsonValue): ReadPart | null {
  if (!isJsonObject(part) || JSON.isRawJSON(part)) return null;
  for (const read of READERS) {
    const found = read(part);
    if (found !== null) return found;
  }
  return null;
}

/** The media type that a part says it is of; null where it says none. */
export function writtenType({ mediaType, source }: ReadPart): string | null {
  return mediaType ?? (source.at === 'row' ? source.mediaType : null);
}

type Reader = (part: JsonObject) => ReadPart | null;
type Found = Partial<ReadPart> & Pick<ReadPart, 'source'>;

/** @param keys those of the part that are read */
function found(part: JsonObject, keys: readonly string[], { source, ...known }: Found): ReadPart {
  const others = Object.entries(part).filter(([key]) => key !== 'type' && !keys.includes(key));
  return {
    ...{ own: [], kind: null, mediaType: null, name: null, detail: null },
    kin: known.own ?? [],
    ...known,
    source,
    others: Object.fromEntries(others),
  };
}

/** OpenAI's `image_url`, and what others made after it: an object with `url`, or the address alone. */
const readAddressed: Reader = (part) => {
  const isItem = part.type === 'input_image';
  for (const [key, kind] of ADDRESSED) {
    const value = part[key];
    if (value === undefined) continue;
    const inner = isJsonObject(value) ? value : {};
    const url = text(value) ?? text(inner.url);
    if (url === null) return null;
    const isObject = isJsonObject(value);
    const source = bytesOrPath(url);
    const forms: MediaForm[] = isItem
      ? isObject
        ? []
        : ['openai-responses']
      : isObject
        ? ['openai-chat', 'mistral']
        : ['mistral'];
    const own = source.at === 'row' && !isDataAddress(url) ? [] : forms;
    const detail = text(inner.detail) ?? text(part.detail);
    const kin: MediaForm[] = isItem ? ['openai-responses'] : ['openai-chat', 'mistral'];
    return found(part, [key, 'detail'], { own, kin, kind, source, detail });
  }
  return null;
};

const ADDRESSED = [
  ['image_url', 'image'],
  ['video_url', 'video'],
  ['audio_url', 'audio'],
] as const;

/** OpenAI's `input_audio` with its format, or Mistral's: base64 or an address alone. */
const readSound: Reader = (part) => {
  const value = part.input_audio;
  const inner = isJsonObject(value) ? value : {};
  const data = text(value) ?? text(inner.data);
  if (data === null) return null;
  const format = text(inner.format);
  const kin: MediaForm[] = isJsonObject(value) ? ['openai-chat', 'openai-responses'] : ['mistral'];
  return found(part, ['input_audio'], {
    own: isJsonObject(value) ? onlyBytes(data, kin) : kin,
    kin,
    kind: 'audio',
    mediaType:
      format === null ? null : usualType(format.includes('/') ? format : `audio/${format}`),
    source: mustBeBytes(data),
  });
};

/** OpenAI's `file` and `input_file`, Mistral's `document_url`. */
const readFile: Reader = (part) => {
  if (isJsonObject(part.file)) return fileOf(part, part.file, ['file'], 'openai-chat');
  if (part.type === 'input_file' || part.type === 'input_image') {
    const keys = ['file_data', 'file_url', 'file_id', 'filename', 'detail'];
    return fileOf(part, part, keys, 'openai-responses');
  }
  const url = text(part.document_url);
  if (url === null) return null;
  const name = text(part.document_name);
  return found(part, ['document_url', 'document_name'], {
    ...{ own: ['mistral'], kind: 'document', source: sourceOf(url), name },
  });
};

function fileOf(
  part: JsonObject,
  inner: JsonObject,
  keys: readonly string[],
  form: MediaForm,
): ReadPart | null {
  const [data, url, id] = [text(inner.file_data), text(inner.file_url), text(inner.file_id)];
  const source: MediaSource | null =
    (data && mustBeBytes(data)) || (url && sourceOf(url)) || (id && { at: 'vendor', id }) || null;
  if (source === null) return null;
  const kind = part.type === 'input_image' ? 'image' : null;
  const [name, detail] = [text(inner.filename), text(inner.detail)];
  // Both want bytes as an address, and a name beside them.
  const isWhole = source.at !== 'row' || (isDataAddress(data!) && name !== null);
  return found(part, keys, { own: isWhole ? [form] : [], kin: [form], kind, source, name, detail });
}

/** Anthropic's `source`, and prompto's with `media` in it. */
const readSourced: Reader = (part) => {
  if (!isJsonObject(part.source)) return null;
  const { type, media, url, data, file_id } = part.source;
  const mediaType = text(part.source.media_type);
  const kind = part.type === 'image' ? 'image' : part.type === 'document' ? 'document' : null;
  const keys = ['source'];
  const local = text(media);
  const own: MediaForm[] = ['anthropic'];
  if (local !== null) {
    return found(part, keys, { own: [], kin: own, kind, mediaType, source: sourceOf(local) });
  }
  const [address, bytes, id] = [text(url), text(data), text(file_id)];
  if (type === 'url' && address !== null) {
    return found(part, keys, { own, kind, source: sourceOf(address) });
  }
  if (type === 'base64' && bytes !== null) {
    const source = mustBeBytes(bytes);
    return found(part, keys, { own: onlyBytes(bytes, own), kin: own, kind, mediaType, source });
  }
  if (type === 'file' && id !== null) {
    return found(part, keys, { own, kind, source: { at: 'vendor', id } });
  }
  return null;
};

/** The form of APIs that take base64 alone is not that of an address which holds it. */
export function onlyBytes(data: string, own: readonly MediaForm[]): readonly MediaForm[] {
  return sourceOf(data).at === 'row' ? [] : own;
}

/** Gemini's `inlineData` and `fileData`, in either spelling. */
const readGemini: Reader = (part) => {
  const own: MediaForm[] = ['gemini'];
  const inline = part.inlineData ?? part.inline_data;
  if (isJsonObject(inline)) {
    const data = text(inline.data);
    if (data === null) return null;
    const mediaType = text(inline.mimeType) ?? text(inline.mime_type);
    const source = mustBeBytes(data);
    return found(part, ['inlineData', 'inline_data'], {
      ...{ own: onlyBytes(data, own), kin: own, mediaType, source },
    });
  }
  const file = part.fileData ?? part.file_data;
  if (!isJsonObject(file)) return null;
  const uri = text(file.fileUri) ?? text(file.file_uri);
  if (uri === null) return null;
  const mediaType = text(file.mimeType) ?? text(file.mime_type);
  const source: MediaSource = { at: 'url', url: uri };
  return found(part, ['fileData', 'file_data'], { own, mediaType, source });
};

const KINDS: Readonly<Record<string, MediaKind>> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
};

/** prompto's parts for Gemini and Vertex AI: `media`, and `uploaded_filename` for what is there already. */
const readPrompto: Reader = (part) => {
  const media = text(part.media);
  const uploaded = text(part.uploaded_filename);
  if (part.type === 'text' || (media === null && uploaded === null)) return null;
  const word = text(part.type) ?? '';
  const kind = Object.hasOwn(KINDS, word) ? KINDS[word]! : null;
  const mediaType = text(part.mime_type) ?? text(part.mimeType);
  const local = media === null ? null : sourceOf(media);
  const source: MediaSource =
    uploaded === null ? local! : { at: 'uploaded', name: uploaded, instead: local };
  const keys = ['media', 'uploaded_filename', 'mime_type', 'mimeType'];
  return found(part, keys, { kin: ['gemini'], kind, mediaType, source });
};

const SDK_KINDS: Readonly<Record<string, MediaKind | null>> = { ...KINDS, file: null, media: null };

/**
 * The AI SDK's `image` and `file`, whose data is base64, an address, or an object that says which; LangChain's `image`,
 * `audio`, `video`, `file` and `media`, with `base64` or `data`, or with `url`.
 */
const readSdk: Reader = (part) => {
  const word = text(part.type) ?? '';
  if (!Object.hasOwn(SDK_KINDS, word)) return null;
  const image = word === 'image' ? part.image : undefined;
  const data = image ?? part.data ?? part.base64 ?? part.url ?? part.file_uri;
  const source = data === undefined ? null : sdkSource(data);
  const mediaType = text(part.mediaType) ?? text(part.mimeType) ?? text(part.mime_type);
  const name = text(part.filename);
  return source && found(part, SDK_KEYS, { kind: SDK_KINDS[word]!, mediaType, source, name });
};

const SDK_KEYS = [
  ...['image', 'data', 'base64', 'url', 'file_uri', 'source_type'],
  ...['mediaType', 'mimeType', 'mime_type', 'filename'],
];

function sdkSource(data: JsonValue): MediaSource | null {
  const word = text(data);
  if (word !== null) return bytesOrPath(word);
  if (!isJsonObject(data)) return null;
  const [url, bytes] = [text(data.url), text(data.data)];
  if (data.type === 'url' && url !== null) return sourceOf(url);
  return data.type === 'data' && bytes !== null ? mustBeBytes(bytes) : null;
}

const READERS: readonly Reader[] = [
  readAddressed,
  readSound,
  readFile,
  readSourced,
  readGemini,
  readPrompto,
  readSdk,
];

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
