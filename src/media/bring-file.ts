import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Clock } from '../core/clock.ts';
import type { FileStore, StoredFile } from '../core/file-store.ts';
import { EncodedCache } from './files/encoded-cache.ts';
import { MediaFile } from './files/media-file.ts';
import { checkFile } from './files/media-files.ts';
import { openPlainFile } from './files/media-folder.ts';
import { Uploads } from './uploads/uploads.ts';

/** A file that is in a vendor's store. */
export interface BroughtFile {
  readonly file: StoredFile;
  /** True where the same bytes were there before. */
  readonly wasThere: boolean;
}

/** Files that a user names one by one, wherever they are, brought to a vendor's store. */
export class FileBringer {
  readonly #store: FileStore;
  readonly #uploads: Uploads;
  #before: Promise<ReadonlyMap<string, StoredFile>> | undefined;

  constructor(store: FileStore, clock: Clock) {
    this.#store = store;
    this.#uploads = new Uploads(clock, async () => {});
  }

  /**
   * Brings a file, unless its bytes are there.
   *
   * @throws MediaProblem for what is no media file; CallError what the vendor said
   */
  async bring(path: string): Promise<BroughtFile> {
    // What cannot be reached cannot be opened, which says why.
    const real = await realpath(path).catch(() => path);
    const open = () => openPlainFile(real, path);
    const { checked } = await checkFile(await open(), basename(path), new EncodedCache(0));
    this.#before ??= this.#filesByHash();
    const before = (await this.#before).get(checked.sha256);
    if (before !== undefined) this.#uploads.recall(this.#store.address, checked.sha256, before);
    const bytes = new MediaFile(checked, NOWHERE, open);
    const file = await this.#uploads.stored(bytes, this.#store);
    return { file, wasThere: file.name === before?.name };
  }

  async #filesByHash(): Promise<ReadonlyMap<string, StoredFile>> {
    const found = new Map<string, StoredFile>();
    for await (const page of this.#store.list()) {
      for (const file of page) {
        if (file.sha256 !== null && file.state !== 'failed') found.set(file.sha256, file);
      }
    }
    return found;
  }
}

/** Nothing of such a file is held in memory. */
const NOWHERE = {
  hold: () => Promise.reject(new Error('nothing is held')),
  stored: () => Promise.reject(new Error('nothing is brought')),
};
