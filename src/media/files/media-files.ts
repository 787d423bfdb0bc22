import { createHash } from 'node:crypto';
import type { MediaStore } from '../../core/media-part.ts';
import { plainLine } from '../../core/plain-text.ts';
import { MediaProblem } from '../findings/media-problem.ts';
import { HEAD_BYTES, mediaTypeOfBytes } from '../types/media-type-of-bytes.ts';
import { Base64Writer } from './encoded-bytes.ts';
import type { EncodedCache } from './encoded-cache.ts';
import { digestOfFile } from './file-bytes.ts';
import { type CheckedFile, MediaFile } from './media-file.ts';
import type { MediaFolder, OpenFile } from './media-folder.ts';

/** No API takes a larger file. */
const MAX_FILE_BYTES = 2 * 1024 ** 3;

/**
 * The files that the rows of an experiment name, each read and hashed once however many rows have it. Holds some 300
 * bytes for each file.
 */
export class MediaFiles {
  readonly #folder: MediaFolder;
  readonly #cache: EncodedCache;
  readonly #store: MediaStore;
  readonly #known = new Map<string, MediaFile | MediaProblem>();

  constructor(folder: MediaFolder, cache: EncodedCache, store: MediaStore) {
    this.#folder = folder;
    this.#cache = cache;
    this.#store = store;
  }

  /** What is known of a path that was looked at; undefined if it was not. */
  get(path: string): MediaFile | MediaProblem | undefined {
    return this.#known.get(path);
  }

  /** The files that are there, in the order in which rows name them. */
  *all(): Generator<MediaFile, void> {
    for (const known of this.#known.values()) if (known instanceof MediaFile) yield known;
  }

  /** SHA-256 of all paths and what is in the files, in hexadecimal; null where rows name none. */
  digest(): string | null {
    const hash = createHash('sha256');
    let isEmpty = true;
    for (const { path, sha256 } of this.all()) {
      hash.update(`${JSON.stringify(path)} ${sha256}\n`);
      isEmpty = false;
    }
    return isEmpty ? null : hash.digest('hex');
  }

  /** Reads the file of a path, unless it is known; what is wrong with it is known from then on, too. */
  async look(path: string): Promise<void> {
    if (this.#known.has(path)) return;
    try {
      this.#known.set(path, await this.#check(path));
    } catch (error) {
      if (!(error instanceof MediaProblem)) throw error;
      this.#known.set(path, error);
    }
  }

  async #check(path: string): Promise<MediaFile> {
    const open = () => this.#folder.open(path);
    const { checked, encoded } = await checkFile(await open(), path, this.#cache);
    if (encoded !== null) this.#cache.offer(checked.sha256, encoded);
    return new MediaFile(checked, this.#store, open);
  }
}

/**
 * Reads a file to its end and says what it is, encoded where there is room.
 *
 * @throws MediaProblem for what is no media file.
 */
export async function checkFile(
  file: OpenFile,
  path: string,
  cache: EncodedCache,
): Promise<{ readonly checked: CheckedFile; readonly encoded: Buffer | null }> {
  const shown = plainLine(path, 200);
  const { size } = file.status;
  const isTooLarge = size > MAX_FILE_BYTES;
  const writer = !isTooLarge && cache.hasRoomFor(size) ? new Base64Writer(size) : null;
  const digest = await digestOfFile(file, HEAD_BYTES, (bytes) => {
    if (isTooLarge) throw new MediaProblem(`${shown} is larger than 2 GiB`, null);
    writer?.write(bytes);
  });
  if (digest.size !== size) throw new MediaProblem(`${shown} changed while it was read`, null);
  const mediaType = mediaTypeOfBytes(digest.head);
  if (mediaType === null) {
    throw new MediaProblem(
      `${shown} is no image, sound, PDF or video that is known by its first bytes`,
      null,
    );
  }
  const checked = { path, sha256: digest.sha256, size, mediaType };
  return { checked, encoded: writer?.end() ?? null };
}
