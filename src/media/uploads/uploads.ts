import { CallError } from '../../core/call-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { FileStore, StoredFile } from '../../core/file-store.ts';
import type { MediaBytes } from '../../core/media-part.ts';
import { plainLine } from '../../core/plain-text.ts';

/** Files on their way at once. */
const AT_ONCE = 4;
/** A file that goes within this time is brought again: calls may wait, and an answer takes its time. */
const SPARE_MS = 60 * 60 * 1000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
/** So long a vendor may work on a file. */
const LONGEST_WORK_MS = 30 * 60 * 1000;

/** Told of each file that has been brought. */
export type OnStored = (store: string, sha256: string, file: StoredFile) => Promise<void>;

/**
 * The files of a run in the stores of vendors, each brought once: by its SHA-256, whatever its name, and however many
 * calls want it. Two accounts of a vendor are two stores, though their address is the same.
 */
export class Uploads {
  readonly #clock: Clock;
  readonly #onStored: OnStored;
  /** By store and SHA-256. */
  readonly #files = new Map<FileStore, Map<string, Promise<StoredFile>>>();
  readonly #kept = new Map<string, StoredFile>();
  readonly #waiting: (() => void)[] = [];
  readonly #endPauses = new Set<() => void>();
  #underWay = 0;
  #isClosed = false;

  constructor(clock: Clock, onStored: OnStored) {
    this.#clock = clock;
    this.#onStored = onStored;
  }

  /** Takes note of a file that an earlier process brought; it is asked for before it counts. */
  recall(store: string, sha256: string, file: StoredFile): void {
    this.#kept.set(keyOf(store, sha256), file);
  }

  /** The file of some bytes, once it can be asked about. @throws CallError */
  async stored(bytes: MediaBytes, store: FileStore): Promise<StoredFile> {
    const { sha256 } = bytes;
    const files = this.#files.get(store) ?? new Map<string, Promise<StoredFile>>();
    this.#files.set(store, files);
    const known = files.get(sha256);
    if (known !== undefined) {
      const file = await known;
      if (this.#lasts(file)) return file;
      // Whoever sees it first brings it anew for all.
      if (files.get(sha256) === known) files.delete(sha256);
      return await this.stored(bytes, store);
    }
    const file = this.#bring(bytes, store);
    files.set(sha256, file);
    // What failed is tried again by whoever wants it next.
    file.catch(() => {
      if (files.get(sha256) === file) files.delete(sha256);
    });
    return await file;
  }

  #lasts({ expiresAtMs }: StoredFile): boolean {
    return expiresAtMs === null || expiresAtMs - this.#clock.wallMs() > SPARE_MS;
  }

  async #bring(bytes: MediaBytes, store: FileStore): Promise<StoredFile> {
    await this.#begin();
    try {
      this.#refuseWhenClosed();
      const before = await this.#before(bytes, store);
      const file = before ?? (await this.#upload(bytes, store));
      return await this.#ready(file, bytes, store);
    } finally {
      // Its place goes to the next one, if there is one.
      const next = this.#waiting.shift();
      if (next === undefined) this.#underWay--;
      else next();
    }
  }

  async #begin(): Promise<void> {
    if (this.#underWay >= AT_ONCE) await new Promise<void>((go) => this.#waiting.push(go));
    else this.#underWay++;
  }

  async #pause(pauseMs: number): Promise<void> {
    let end = () => {};
    await new Promise<void>((go) => {
      const cancel = this.#clock.after(pauseMs, go);
      end = () => {
        cancel();
        go();
      };
      this.#endPauses.add(end);
    });
    this.#endPauses.delete(end);
    this.#refuseWhenClosed();
  }

  #refuseWhenClosed(): void {
    if (this.#isClosed) throw new CallError('cancelled', 'the run has ended');
  }

  /** Waits for no vendor any longer, and brings nothing more. */
  close(): void {
    this.#isClosed = true;
    for (const end of this.#endPauses) end();
    this.#endPauses.clear();
  }

  /** The list of a run may come from somebody: what it names counts only if it holds these bytes. */
  async #before({ sha256 }: MediaBytes, store: FileStore): Promise<StoredFile | undefined> {
    const key = keyOf(store.address, sha256);
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    if (kept === undefined || !this.#lasts(kept)) return undefined;
    const found = await store.find(kept.name);
    if (found === null || found.state === 'failed' || !this.#lasts(found)) return undefined;
    return found.sha256 === sha256 ? found : undefined;
  }

  async #upload(bytes: MediaBytes, store: FileStore): Promise<StoredFile> {
    const { name, mediaType, size, sha256 } = bytes;
    const file = await store.upload({ name, mediaType, size, chunks: () => bytes.chunks() });
    if (file.sha256 !== null && file.sha256 !== sha256) {
      throw new CallError('server_error', `${shown(bytes)} arrived as other bytes than were sent`);
    }
    await this.#onStored(store.address, sha256, file);
    return file;
  }

  async #ready(first: StoredFile, bytes: MediaBytes, store: FileStore): Promise<StoredFile> {
    const untilMs = this.#clock.monotonicMs() + LONGEST_WORK_MS;
    let file: StoredFile | null = first;
    for (let pauseMs = FIRST_PAUSE_MS; file?.state === 'processing'; pauseMs *= 2) {
      if (this.#clock.monotonicMs() > untilMs) {
        throw new CallError('timeout', `${shown(bytes)} is still being processed by the vendor`);
      }
      await this.#pause(Math.min(pauseMs, LONGEST_PAUSE_MS));
      file = await store.find(first.name);
    }
    if (file?.state === 'active') return file;
    const what = file === null ? 'is gone again' : 'could not be processed by the vendor';
    const why = file?.failure ? `: ${plainLine(file.failure, 300)}` : '';
    const name = plainLine(first.name, 100);
    throw new CallError('media_refused', `${shown(bytes)} ${what} (${name})${why}`);
  }
}

function keyOf(store: string, sha256: string): string {
  return `${sha256} ${store}`;
}

function shown({ name, sha256 }: MediaBytes): string {
  return plainLine(name ?? sha256, 200);
}
