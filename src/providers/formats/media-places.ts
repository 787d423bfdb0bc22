import type { StoredFile } from '../../core/file-store.ts';
import type { MediaPart } from '../../core/media-part.ts';

/** Where a writer of requests finds what the parts of a message show. */
export interface MediaPlaces {
  /** A text that stands in the body for the base64 of a part's bytes; it needs no escape in JSON. */
  base64(part: MediaPart): string;
  /** Where a part lies in the vendor's own store; null: its bytes are sent. */
  storedAt(part: MediaPart): StoredFile | null;
}

/** The address of a part: its own, or a `data:` address with its bytes. */
export function addressOfPart(part: MediaPart, media: MediaPlaces): string {
  return part.url ?? `data:${part.mediaType};base64,${media.base64(part)}`;
}
