import { createHash } from 'node:crypto';
import type { FileStore, StoredFile } from '../../src/core/file-store.ts';
import type { JsonObject } from '../../src/core/json.ts';
import {
  type HeldMedia,
  type MediaBytes,
  type MediaPart,
  type MediaStore,
  mediaPart,
} from '../../src/core/media-part.ts';

/** A place for bytes that counts what is held. */
export class FakeMediaStore implements MediaStore {
  /** Bytes that requests hold at this moment, counted for each request. */
  holding = 0;
  readonly brought: string[] = [];

  async hold(all: readonly MediaBytes[]): Promise<HeldMedia> {
    const encoded = new Map<string, Buffer>();
    for (const bytes of all) encoded.set(bytes.sha256, await bytes.encode());
    this.holding += all.length;
    let isHeld = true;
    return {
      base64Of: ({ sha256 }) => encoded.get(sha256)!,
      release: () => {
        if (isHeld) this.holding -= all.length;
        isHeld = false;
      },
    };
  }

  async stored(bytes: MediaBytes, files: FileStore): Promise<StoredFile> {
    this.brought.push(bytes.sha256);
    const { name, mediaType, size } = bytes;
    return files.upload({ name, mediaType, size, chunks: () => bytes.chunks() });
  }

  /** A part of a kind, with some bytes. */
  part(
    kind: MediaPart['kind'],
    mediaType: string,
    content: Buffer,
    more: { readonly detail?: string; readonly others?: JsonObject } = {},
  ): MediaPart {
    const name = `a.${mediaType.slice(mediaType.indexOf('/') + 1)}`;
    const bytes: MediaBytes = {
      sha256: createHash('sha256').update(content).digest('hex'),
      ...{ size: content.length, mediaType, name, store: this },
      encode: async () => Buffer.from(content.toString('base64')),
      chunks: async function* () {
        yield content;
      },
    };
    const { detail = null, others = {} } = more;
    return mediaPart({ kind, mediaType, name, url: null, detail, others }, bytes);
  }

  /** A part that is at an address. */
  linked(kind: MediaPart['kind'], url: string, mediaType: string | null = null): MediaPart {
    return mediaPart({ kind, mediaType, name: null, url, detail: null, others: {} }, null);
  }
}
