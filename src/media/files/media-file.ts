import { createHash } from 'node:crypto';
import { CallError } from '../../core/call-error.ts';
import type { MediaBytes, MediaStore } from '../../core/media-part.ts';
import { plainLine } from '../../core/plain-text.ts';
import { MediaProblem } from '../findings/media-problem.ts';
import { Base64Writer } from './encoded-bytes.ts';
import { bytesOfFile, digestOfFile } from './file-bytes.ts';
import type { OpenFile } from './media-folder.ts';

/** What is known of a file since it was checked. */
export interface CheckedFile {
  /** As rows have it. */
  readonly path: string;
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  readonly mediaType: string;
}

/** A file of the media folder, whose bytes are the ones that were checked or none. */
export class MediaFile implements MediaBytes {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
  readonly store: MediaStore;
  readonly #open: () => Promise<OpenFile>;

  constructor(checked: CheckedFile, store: MediaStore, open: () => Promise<OpenFile>) {
    this.path = checked.path;
    this.sha256 = checked.sha256;
    this.size = checked.size;
    this.mediaType = checked.mediaType;
    this.store = store;
    this.#open = open;
  }

  get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1);
  }

  async encode(): Promise<Buffer> {
    const writer = new Base64Writer(this.size);
    const file = await this.#reopen();
    const { sha256 } = await this.#reading(digestOfFile(file, 0, (bytes) => writer.write(bytes)));
    if (sha256 !== this.sha256) throw this.#changed();
    return writer.end();
  }

  async *chunks(): AsyncGenerator<Buffer, void> {
    // Read once before it is sent, so that nothing of another file leaves this machine.
    const before = await this.#reading(digestOfFile(await this.#reopen(), 0, () => {}));
    if (before.sha256 !== this.sha256) throw this.#changed();
    const hash = createHash('sha256');
    let last: Buffer | undefined;
    for await (const bytes of bytesOfFile(await this.#reopen())) {
      if (last !== undefined) yield last;
      hash.update(bytes);
      last = Buffer.from(bytes);
    }
    // Without its end nobody takes what has changed meanwhile.
    if (last === undefined || hash.digest('hex') !== this.sha256) throw this.#changed();
    yield last;
  }

  async #reopen(): Promise<OpenFile> {
    try {
      return await this.#open();
    } catch (error) {
      if (error instanceof MediaProblem) throw this.#changed(error.message);
      throw error;
    }
  }

  async #reading<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw error instanceof CallError ? error : this.#changed(String(error));
    }
  }

  #changed(why = `${plainLine(this.path, 200)} is not what it was when it was checked`): CallError {
    return new CallError('media_changed', `A media file has changed: ${why}`, {
      hint: 'Put it back and ask the failed rows again, or begin another run with --new.',
    });
  }
}
