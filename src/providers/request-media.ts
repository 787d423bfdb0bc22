import type { FileStore, StoredFile } from '../core/file-store.ts';
import { base64Length, type MediaRules } from '../core/media.ts';
import { bytesOf, type HeldMedia, type MediaBytes, type MediaPart } from '../core/media-part.ts';
import { MediaSlots } from './media-slots.ts';

/** What is known of an API that takes media. */
export interface MediaTaker {
  readonly rules: MediaRules | undefined;
  /** The files that the vendor keeps; undefined where it keeps none. */
  readonly files: FileStore | undefined;
}

/**
 * Brings the media of a request to where it can be written: what would make it too large into the vendor's store, largest
 * first, the rest into memory.
 *
 * @throws CallError when a file has changed or cannot be brought.
 */
export async function bringMedia(
  parts: readonly MediaPart[],
  { rules, files }: MediaTaker,
): Promise<MediaSlots> {
  const all = parts.map((part) => bytesOf(part)!);
  const toStore = files === undefined ? [] : tooMany(all, rules?.uploadsAboveBytes);
  const stored = await Promise.all(
    toStore.map(
      async (bytes): Promise<[string, StoredFile]> => [
        bytes.sha256,
        await bytes.store.stored(bytes, files!),
      ],
    ),
  );
  const places = new Map(stored);
  const held = await holdAll(all.filter(({ sha256 }) => !places.has(sha256)));
  return new MediaSlots(held, places);
}

/** Those that have to go, largest first, so that the rest fits. */
function tooMany(all: readonly MediaBytes[], limitBytes: number | undefined): MediaBytes[] {
  if (limitBytes === undefined) return [];
  const sizes = new Map<string, number>();
  const each = new Map<string, MediaBytes>();
  for (const bytes of all) {
    sizes.set(bytes.sha256, (sizes.get(bytes.sha256) ?? 0) + base64Length(bytes.size));
    each.set(bytes.sha256, bytes);
  }
  let sum = [...sizes.values()].reduce((total, size) => total + size, 0);
  const chosen: MediaBytes[] = [];
  for (const [sha256, size] of [...sizes].sort(([, left], [, right]) => right - left)) {
    if (sum <= limitBytes) break;
    sum -= size;
    chosen.push(each.get(sha256)!);
  }
  return chosen;
}

/** Those of one store are held all at once, so that no two requests wait for what the other one holds. */
async function holdAll(all: readonly MediaBytes[]): Promise<HeldMedia> {
  const byStore = Map.groupBy(all, ({ store }) => store);
  const held = new Map<MediaBytes['store'], HeldMedia>();
  const release = () => {
    for (const one of held.values()) one.release();
  };
  try {
    for (const [store, bytes] of byStore) held.set(store, await store.hold(bytes));
  } catch (error) {
    release();
    throw error;
  }
  return { base64Of: (bytes) => held.get(bytes.store)!.base64Of(bytes), release };
}
