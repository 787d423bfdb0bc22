import type { FileStore, StoredFile } from './file-store.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { MediaKind } from './media.ts';
import type { Message } from './message.ts';

/** Under this key a part has its bytes: no JSON has it, so that no row can claim to be such a part. */
const MEDIA = Symbol('media');

/**
 * A part of a message that is an image, a sound, a document or a video, in no API's form: each provider writes it in its
 * own. As JSON it is what it shows, its bytes as their SHA-256; so it is hashed.
 */
export type MediaPart = {
  readonly type: 'media';
  readonly kind: MediaKind;
  /** Such as `image/png`; null where only the address is known. */
  readonly mediaType: string | null;
  /** Its name, without folders; null if it has none. */
  readonly name: string | null;
  /** Where it is, for an API that fetches it itself; null: its bytes are sent. */
  readonly url: string | null;
  /** SHA-256 of its bytes, in hexadecimal; null without bytes. */
  readonly sha256: string | null;
  /** How closely the model looks, as OpenAI has it; null: not said. */
  readonly detail: string | null;
  /** Further keys, which the asked API knows: they stood in its own form. */
  readonly others: JsonObject;
  readonly [MEDIA]: MediaBytes | null;
};

/** Bytes that the bodies of many requests share. */
export interface MediaBytes {
  /** In hexadecimal. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  readonly mediaType: string;
  readonly name: string | null;
  /** Where they are kept in memory. */
  readonly store: MediaStore;
  /** Reads and encodes them. @throws CallError `media_changed` when they are not what they were when they were checked */
  encode(): Promise<Buffer>;
  /** Reads them as they are, piece by piece; a piece is valid until the next one is asked for. @throws as `encode` */
  chunks(): AsyncIterable<Buffer>;
}

/** Keeps bytes encoded in memory, as many as there is room for, and brings them to the stores of vendors. */
export interface MediaStore {
  /**
   * Holds bytes in memory, all of them or none, until they are let go; waits while there is no room.
   *
   * @throws CallError `media_changed` when a file is not what it was when it was checked.
   */
  hold(all: readonly MediaBytes[]): Promise<HeldMedia>;
  /**
   * Where bytes are in a vendor's store; they are brought there once.
   *
   * @throws CallError what the vendor said.
   */
  stored(bytes: MediaBytes, files: FileStore): Promise<StoredFile>;
}

/** Bytes that are in memory. */
export interface HeldMedia {
  /** The bytes as base64 text. */
  base64Of(bytes: MediaBytes): Buffer;
  /** Lets go of them; a second time does nothing. */
  release(): void;
}

/** Makes a part. */
export function mediaPart(
  { kind, mediaType, name, url, detail, others }: Omit<MediaPart, 'type' | 'sha256' | typeof MEDIA>,
  bytes: MediaBytes | null,
): MediaPart {
  const sha256 = bytes?.sha256 ?? null;
  return { type: 'media', kind, mediaType, name, url, sha256, detail, others, [MEDIA]: bytes };
}

/** Tells a part that was made here from what a row may hold. */
export function isMediaPart(value: JsonValue | undefined): value is MediaPart {
  return typeof value === 'object' && value !== null && MEDIA in value;
}

/** The bytes of a part; null where only its address is sent. */
export function bytesOf(part: MediaPart): MediaBytes | null {
  return part[MEDIA];
}

const NO_PARTS: readonly MediaPart[] = [];

/** The parts of a conversation that have bytes, in order; usually none. */
export function partsWithBytes(messages: readonly Message[]): readonly MediaPart[] {
  let found: MediaPart[] | undefined;
  for (const { content } of messages) {
    if (!Array.isArray(content)) continue;
    for (const part of content) {
      if (!isMediaPart(part) || part[MEDIA] === null) continue;
      found ??= [];
      found.push(part);
    }
  }
  return found ?? NO_PARTS;
}
