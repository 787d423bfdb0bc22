import { createHash } from 'node:crypto';
import type { MediaBytes, MediaStore } from '../../core/media-part.ts';

const SLICE_BYTES = 256 * 1024;

/** Bytes that stand in a row, as base64. */
export class RowBytes implements MediaBytes {
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
  readonly name: string | null;
  readonly store: MediaStore;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer, mediaType: string, name: string | null, store: MediaStore) {
    this.sha256 = createHash('sha256').update(bytes).digest('hex');
    this.size = bytes.length;
    this.mediaType = mediaType;
    this.name = name;
    this.store = store;
    this.#bytes = bytes;
  }

  async encode(): Promise<Buffer> {
    return Buffer.from(this.#bytes.toString('base64'), 'latin1');
  }

  async *chunks(): AsyncGenerator<Buffer, void> {
    for (let start = 0; start < this.size; start += SLICE_BYTES) {
      yield this.#bytes.subarray(start, start + SLICE_BYTES);
    }
  }
}
