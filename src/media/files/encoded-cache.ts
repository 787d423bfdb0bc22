import { base64Length } from '../../core/media.ts';
import type { HeldMedia, MediaBytes } from '../../core/media-part.ts';

/** Bytes in memory, encoded; or on their way there. */
interface Entry {
  readonly length: number;
  readonly encoded: Promise<Buffer>;
  holders: number;
}

/** What a request has taken, by SHA-256. */
type Taken = ReadonlyMap<string, Entry>;

interface Waiting {
  readonly all: readonly MediaBytes[];
  readonly go: (taken: Taken) => void;
}

/**
 * Encoded bytes by their SHA-256: those that requests hold, and of the others as many as there is room for. Who needs more
 * than there is room for waits, in turn; what alone is larger than the room comes when nothing else is held.
 */
export class EncodedCache {
  readonly #limitBytes: number;
  /** The one that was used last comes last. */
  readonly #entries = new Map<string, Entry>();
  readonly #waiting: Waiting[] = [];
  #usedBytes = 0;
  #heldBytes = 0;

  /** @param limitBytes the room, in bytes of base64 */
  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** True when there is room for bytes that nobody holds yet. */
  hasRoomFor(sizeBytes: number): boolean {
    return this.#usedBytes + base64Length(sizeBytes) <= this.#limitBytes;
  }

  /** Keeps what was encoded already, unless there is no room. */
  offer(sha256: string, encoded: Buffer): void {
    if (this.#entries.has(sha256) || this.#usedBytes + encoded.length > this.#limitBytes) return;
    this.#add(sha256, { length: encoded.length, encoded: Promise.resolve(encoded), holders: 0 });
  }

  /** Holds bytes, all of them or none. @throws what encoding them threw */
  async hold(given: readonly MediaBytes[]): Promise<HeldMedia> {
    const all = [...new Map(given.map((bytes) => [bytes.sha256, bytes])).values()];
    const mustWait = !this.#fits(all) || (this.#waiting.length > 0 && this.#newBytes(all) > 0);
    return this.#held(
      mustWait
        ? await new Promise<Taken>((go) => this.#waiting.push({ all, go }))
        : this.#take(all),
    );
  }

  async #held(taken: Taken): Promise<HeldMedia> {
    let isHeld = true;
    const release = () => {
      if (isHeld) for (const [sha256, entry] of taken) this.#letGo(sha256, entry);
      isHeld = false;
      this.#wake();
    };
    try {
      const buffers = new Map<string, Buffer>();
      for (const [sha256, { encoded }] of taken) buffers.set(sha256, await encoded);
      return {
        base64Of: ({ sha256 }) => buffers.get(sha256)!,
        release: () => {
          buffers.clear();
          release();
        },
      };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** What would be held that is not. */
  #newBytes(all: readonly MediaBytes[]): number {
    return all.reduce((sum, { sha256, size }) => {
      const isHeld = (this.#entries.get(sha256)?.holders ?? 0) > 0;
      return isHeld ? sum : sum + base64Length(size);
    }, 0);
  }

  #fits(all: readonly MediaBytes[]): boolean {
    return this.#heldBytes === 0 || this.#heldBytes + this.#newBytes(all) <= this.#limitBytes;
  }

  #take(all: readonly MediaBytes[]): Taken {
    const taken = new Map<string, Entry>();
    for (const bytes of all) {
      const entry = this.#entries.get(bytes.sha256) ?? this.#encode(bytes);
      if (entry.holders++ === 0) this.#heldBytes += entry.length;
      // Those that are used last are forgotten last.
      this.#entries.delete(bytes.sha256);
      this.#entries.set(bytes.sha256, entry);
      taken.set(bytes.sha256, entry);
    }
    this.#makeRoom();
    return taken;
  }

  #encode(bytes: MediaBytes): Entry {
    const { sha256, size } = bytes;
    const encoded = bytes.encode();
    const entry: Entry = { length: base64Length(size), encoded, holders: 0 };
    // What could not be read is read anew by the next one.
    encoded.catch(() => this.#forget(sha256, entry));
    this.#add(sha256, entry);
    return entry;
  }

  #add(sha256: string, entry: Entry): void {
    this.#entries.set(sha256, entry);
    this.#usedBytes += entry.length;
  }

  #forget(sha256: string, entry: Entry): void {
    if (this.#entries.get(sha256) !== entry) return;
    this.#entries.delete(sha256);
    this.#usedBytes -= entry.length;
  }

  #letGo(sha256: string, entry: Entry): void {
    if (--entry.holders > 0) return;
    this.#heldBytes -= entry.length;
    if (this.#usedBytes > this.#limitBytes) this.#forget(sha256, entry);
  }

  #makeRoom(): void {
    for (const [sha256, entry] of this.#entries) {
      if (this.#usedBytes <= this.#limitBytes) return;
      if (entry.holders === 0) this.#forget(sha256, entry);
    }
  }

  #wake(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (!this.#fits(next.all)) return;
      this.#waiting.shift();
      next.go(this.#take(next.all));
    }
  }
}
