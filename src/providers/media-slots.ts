import { randomBytes } from 'node:crypto';
import type { StoredFile } from '../core/file-store.ts';
import { bytesOf, type HeldMedia, type MediaPart } from '../core/media-part.ts';
import type { MediaPlaces } from './formats/media-places.ts';
import { SharedBody } from './transport/shared-body.ts';

/** What a writer finds where a request has no media. */
export const NO_MEDIA: MediaPlaces = {
  base64: () => {
    throw new Error('the bytes of a part are not there');
  },
  storedAt: () => null,
};

/**
 * The media of one request. Its writer puts a word in the place of each part's bytes, and the text that it has written
 * is cut at these words: so the bytes are in memory once, however many bodies have them.
 */
export class MediaSlots implements MediaPlaces {
  /** What no text can hold by chance or by intent. */
  readonly #word = randomBytes(16).toString('hex');
  readonly #held: HeldMedia;
  readonly #stored: ReadonlyMap<string, StoredFile>;
  readonly #pieces: Buffer[] = [];
  #body: SharedBody | undefined;

  /** @param stored what was brought to the vendor's store, by its SHA-256 */
  constructor(held: HeldMedia, stored: ReadonlyMap<string, StoredFile>) {
    this.#held = held;
    this.#stored = stored;
  }

  base64(part: MediaPart): string {
    const bytes = bytesOf(part);
    if (bytes === null) throw new Error('the part has no bytes');
    this.#pieces.push(this.#held.base64Of(bytes));
    return `${this.#word}${this.#pieces.length - 1};`;
  }

  storedAt({ sha256 }: MediaPart): StoredFile | null {
    return (sha256 === null ? undefined : this.#stored.get(sha256)) ?? null;
  }

  /** Puts the bytes into their places in the text of a body. */
  bodyOf(text: string): string | SharedBody {
    if (this.#pieces.length === 0) return text;
    const [first = '', ...rest] = text.split(this.#word);
    const pieces = rest.flatMap((after) => {
      const end = after.indexOf(';');
      return [this.#pieces[Number(after.slice(0, end))]!, Buffer.from(after.slice(end + 1))];
    });
    this.#body = new SharedBody([Buffer.from(first), ...pieces]);
    return this.#body;
  }

  /** Lets go of the bytes: whoever still has the body, has them no longer. */
  release(): void {
    this.#body?.release();
    this.#pieces.length = 0;
    this.#held.release();
  }
}
