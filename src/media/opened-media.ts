import type { Clock } from '../core/clock.ts';
import type { FileStore, StoredFile } from '../core/file-store.ts';
import type { HeldMedia, MediaBytes, MediaStore } from '../core/media-part.ts';
import type { Message } from '../core/message.ts';
import { type FileLayer, nodeFiles } from '../io/index.ts';
import {
  convertConversation,
  filesNamed,
  needsConversion,
} from './conversion/convert-conversation.ts';
import type { ByteSources, MediaTarget } from './conversion/convert-part.ts';
import { EncodedCache } from './files/encoded-cache.ts';
import { MediaFiles } from './files/media-files.ts';
import { MediaFolder } from './files/media-folder.ts';
import { RowBytes } from './files/row-bytes.ts';
import type { MediaFinding } from './findings/media-finding.ts';
import { MediaProblem } from './findings/media-problem.ts';
import { mediaTypeOfBase64 } from './types/media-type-of-bytes.ts';
import { MediaList } from './uploads/media-list.ts';
import { Uploads } from './uploads/uploads.ts';

/** The room for encoded bytes in memory, those in flight among them. */
const ROOM_BYTES = 64 * 1024 * 1024;

/** How the media of an experiment are read. */
export interface MediaOptions {
  /** The folder whose files rows may name. */
  readonly folder: string;
  readonly clock: Clock;
  /** Room for encoded bytes in memory; default 64 MiB. */
  readonly roomBytes?: number | undefined;
}

/** What is to be said of the media of a row; absent: nothing. */
export interface RowFindings {
  readonly problems: readonly MediaFinding[];
  readonly notes: readonly MediaFinding[];
}

/** The media of one experiment that has some: checks what its rows name, and turns their parts into what is sent. */
export class OpenedMedia implements MediaStore {
  readonly #cache: EncodedCache;
  readonly #files: MediaFiles;
  readonly #uploads: Uploads;
  #list: MediaList | undefined;
  readonly #sources: ByteSources;

  constructor({ folder, clock, roomBytes = ROOM_BYTES }: MediaOptions) {
    this.#cache = new EncodedCache(roomBytes);
    this.#files = new MediaFiles(new MediaFolder(folder), this.#cache, this);
    this.#uploads = new Uploads(clock, async (store, sha256, file) => {
      await this.#list?.add(store, sha256, file);
    });
    this.#sources = {
      ofFile: (path) => this.#fileOf(path),
      ofRow: (base64, name) => this.#rowBytes(base64, name),
    };
  }

  /** SHA-256 of the files that were looked at, and of their paths; null if there is none. */
  get digest(): string | null {
    return this.#files.digest();
  }

  /** Looks at the media of a conversation: a promise only where a file is new, null where nothing is to be said. */
  check(
    messages: readonly Message[],
    target: MediaTarget,
  ): RowFindings | null | Promise<RowFindings | null> {
    if (!needsConversion(messages, target.rules?.form)) return null;
    const unknown = [...filesNamed(messages, target)].filter(
      (path) => this.#files.get(path) === undefined,
    );
    const say = () => {
      const { problems, notes } = convertConversation(messages, target, this.#sources);
      return problems.length + notes.length === 0 ? null : { problems, notes };
    };
    return unknown.length === 0 ? say() : this.#look(unknown).then(say);
  }

  async #look(paths: readonly string[]): Promise<void> {
    for (const path of paths) await this.#files.look(path);
  }

  /**
   * The conversation as it is sent; the same where nothing in it needs to be converted.
   *
   * @throws MediaProblem what `check` would have found.
   */
  convert(messages: readonly Message[], target: MediaTarget): readonly Message[] {
    if (!needsConversion(messages, target.rules?.form)) return messages;
    const converted = convertConversation(messages, target, this.#sources);
    const [problem] = converted.problems;
    if (problem !== undefined) throw new MediaProblem(problem.message, problem.hint);
    return converted.messages;
  }

  /**
   * Keeps the list of a run's media beside it, and takes note of what an earlier process brought to vendors.
   *
   * @throws TuttiError when it cannot be read or written
   */
  async keepIn(path: string, files: FileLayer = nodeFiles): Promise<void> {
    if (this.digest === null) return;
    const list = new MediaList(path, files);
    this.#list = list;
    const uploads = await list.uploads();
    if (uploads === null) await list.begin(this.#files.all());
    for (const { store, sha256, file } of uploads ?? []) {
      this.#uploads.recall(store, sha256, file);
    }
  }

  /** Paths of files that are others than a run's list has, in the order of its rows. @throws TuttiError */
  async changedSince(path: string, files: FileLayer = nodeFiles): Promise<string[]> {
    const before = await new MediaList(path, files).hashes();
    return [...this.#files.all()].flatMap((file) =>
      before.get(file.path) === file.sha256 ? [] : [file.path],
    );
  }

  hold(all: readonly MediaBytes[]): Promise<HeldMedia> {
    return this.#cache.hold(all);
  }

  stored(bytes: MediaBytes, files: FileStore): Promise<StoredFile> {
    return this.#uploads.stored(bytes, files);
  }

  /** Waits for nothing any longer. */
  close(): void {
    this.#uploads.close();
  }

  #fileOf(path: string): MediaBytes {
    const known = this.#files.get(path);
    if (known === undefined) throw new MediaProblem(`${path} was not looked at`, null);
    if (known instanceof MediaProblem) throw known;
    return known;
  }

  #rowBytes(base64: string, name: string | null): MediaBytes {
    const mediaType = mediaTypeOfBase64(base64);
    if (mediaType !== null) {
      return new RowBytes(Buffer.from(base64, 'base64'), mediaType, name, this);
    }
    const message = 'bytes that are no image, sound, PDF or video that is known by its first bytes';
    throw new MediaProblem(message, null);
  }
}
