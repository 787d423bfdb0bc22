import type { KindRule, MediaKind, MediaRules } from './media.ts';
import { MEDIA_KINDS } from './media.ts';
import type { MediaPart } from './media-part.ts';
import { plainLine } from './plain-text.ts';

/** Why an API cannot be told a part. */
export interface MediaRefusal {
  /** What it is, and that it cannot be told; a clause that ends a sentence. */
  readonly message: string;
  readonly hint: string;
}

/** What is known of a part when it is asked whether an API takes it. */
export type PartToTake = Pick<MediaPart, 'kind' | 'mediaType' | 'name' | 'url'>;

const NAMES: Readonly<Record<MediaKind, string>> = {
  image: 'an image',
  audio: 'a sound',
  document: 'a PDF',
  video: 'a video',
};
const PLURALS: Readonly<Record<MediaKind, string>> = {
  image: 'images',
  audio: 'sound',
  document: 'PDFs',
  video: 'videos',
};

/** Says why an API cannot be told a part; null when it can. Whether its model understands it, the server says. */
export function refusedPart(
  part: PartToTake,
  label: string,
  rules: MediaRules | undefined,
): MediaRefusal | null {
  const rule = rules?.kinds[part.kind];
  const what = `${NAMES[part.kind]}${shownName(part)}`;
  if (rule === undefined) {
    return { message: `${what}, which ${label} cannot be told`, hint: takes(label, rules) };
  }
  return refusedType(part, what, label, rule) ?? refusedAddress(part, what, label, rule);
}

function refusedType(
  { mediaType, kind }: PartToTake,
  what: string,
  label: string,
  { types }: KindRule,
): MediaRefusal | null {
  if (types === undefined || mediaType === null || types.includes(mediaType)) return null;
  return {
    message: `${what} of type ${plainLine(mediaType, 60)}, which ${label} cannot be told`,
    hint: `Of ${PLURALS[kind]} ${label} takes ${types.join(', ')}.`,
  };
}

function refusedAddress(
  { url, kind }: PartToTake,
  what: string,
  label: string,
  { addresses }: KindRule,
): MediaRefusal | null {
  if (url === null) return null;
  const scheme = url.slice(0, Math.max(0, url.indexOf(':'))).toLowerCase();
  if (addresses.includes(scheme)) return null;
  const fetched = addresses.length === 0 ? 'none' : addresses.map((one) => `${one}:`).join(', ');
  return {
    message: `${what} by its address, which ${label} cannot be told`,
    hint: `Of addresses of ${PLURALS[kind]} ${label} takes ${fetched}: put the file into the media folder and name it.`,
  };
}

function takes(label: string, rules: MediaRules | undefined): string {
  const kinds = MEDIA_KINDS.filter((kind) => rules?.kinds[kind] !== undefined);
  const list = kinds.map((kind) => PLURALS[kind]).join(', ');
  return `${label} takes ${kinds.length === 0 ? 'text' : `text, ${list}`}.`;
}

function shownName({ name, url }: PartToTake): string {
  const shown = name ?? url;
  return shown === null ? '' : ` (${plainLine(shown, 100)})`;
}
