import type { JsonObject } from '../../core/json.ts';
import type { MediaForm, MediaKind, MediaRules } from '../../core/media.ts';
import { type MediaBytes, type MediaPart, mediaPart } from '../../core/media-part.ts';
import { plainLine } from '../../core/plain-text.ts';
import { type PartToTake, refusedPart } from '../../core/refused-media.ts';
import { MediaProblem } from '../findings/media-problem.ts';
import type { MediaSource } from '../parts/media-source.ts';
import { type ReadPart, writtenType } from '../parts/read-part.ts';
import { kindOfType, typeOfName, usualType } from '../types/kind-of-type.ts';

/** Whose API parts are written for. */
export interface MediaTarget {
  /** Its name as people write it. */
  readonly label: string;
  /** Undefined: it can be told text only. */
  readonly rules: MediaRules | undefined;
}

/** Where the bytes of parts come from. */
export interface ByteSources {
  /** @throws MediaProblem for a file that cannot be used */
  ofFile(path: string): MediaBytes;
  /** @throws MediaProblem where they are none of a known kind */
  ofRow(base64: string, name: string | null): MediaBytes;
}

/** Told of what is not sent as it is written. */
export type OnNote = (message: string, hint: string | null) => void;

/**
 * Makes a part that the API's writer can write.
 *
 * @throws MediaProblem for what the API cannot be told, and for files that cannot be used
 */
export function convertPart(
  read: ReadPart,
  target: MediaTarget,
  bytes: ByteSources,
  onNote: OnNote,
): MediaPart {
  const found = shownBy(read, read.source, target, bytes);
  const part: PartToTake = { ...found, name: read.name ?? found.bytes?.name ?? null };
  const refusal = refusedPart(part, target.label, target.rules);
  if (refusal !== null) throw new MediaProblem(refusal.message, refusal.hint);
  noteType(read, part, found.bytes, onNote);
  const { detail, others } = keptBeside(read, target, onNote);
  return mediaPart({ ...part, detail, others }, found.bytes);
}

interface Shown {
  readonly kind: MediaKind;
  readonly mediaType: string | null;
  readonly url: string | null;
  readonly bytes: MediaBytes | null;
}

function shownBy(
  read: ReadPart,
  source: MediaSource,
  { label, rules }: MediaTarget,
  from: ByteSources,
): Shown {
  switch (source.at) {
    case 'file':
      return ofBytes(from.ofFile(source.path));
    case 'row':
      return ofBytes(from.ofRow(source.base64, read.name));
    case 'url':
      return ofUrl(read, source.url, source.url);
    case 'vendor': {
      const what = `a file that its vendor keeps (${plainLine(source.id, 60)})`;
      throw new MediaProblem(`${what}, which ${label} cannot be told`, 'Name the file itself.');
    }
    case 'uploaded': {
      const { name, instead } = source;
      if (rules?.storedUnder !== undefined) {
        const path = instead?.at === 'file' ? instead.path : '';
        return ofUrl(read, `${rules.storedUnder}${name}`, path);
      }
      if (instead !== null) return shownBy(read, instead, { label, rules }, from);
      const what = `a file that was brought to Gemini (${plainLine(name, 60)})`;
      throw new MediaProblem(`${what}, which ${label} cannot be told`, 'Name the file itself.');
    }
  }
}

function ofBytes(bytes: MediaBytes): Shown {
  const { mediaType } = bytes;
  return { kind: kindOfType(mediaType)!, mediaType, url: null, bytes };
}

/** What is at an address is known by what the part says of it, or by the end of its name. */
function ofUrl({ kind, mediaType }: ReadPart, url: string, name: string): Shown {
  const given = mediaType === null ? null : usualType(mediaType);
  const type = given ?? typeOfName(name);
  const found = kind ?? (type === null ? null : kindOfType(type));
  if (found !== null) return { kind: found, mediaType: typeOfKind(type, found), url, bytes: null };
  throw new MediaProblem(
    `${plainLine(url, 100)}, which may be an image, a sound, a PDF or a video`,
    'Say its media type beside it.',
  );
}

/** The type `image/*` of the AI SDK, and the end of a name that says otherwise than the part, tell nothing. */
function typeOfKind(type: string | null, kind: MediaKind): string | null {
  return type === null || type.endsWith('/*') || kindOfType(type) !== kind ? null : type;
}

function noteType(read: ReadPart, part: PartToTake, bytes: MediaBytes | null, onNote: OnNote) {
  const given = writtenType(read);
  if (bytes === null || given === null) return;
  const written = usualType(given);
  const isOpen = written.endsWith('/*') && kindOfType(written) === part.kind;
  if (written === bytes.mediaType || isOpen) return;
  const shown = plainLine(part.name ?? 'what a row holds', 100);
  const message = `${shown} is ${bytes.mediaType}, not ${plainLine(given, 60)}`;
  onNote(message, 'it is sent as what its first bytes say');
}

/** What stands beside, as far as the asked API knows it. */
function keptBeside(read: ReadPart, { label, rules }: MediaTarget, onNote: OnNote) {
  const form = rules?.form;
  const knowsDetail = read.detail === null || (form !== undefined && DETAILED.has(form));
  const isKin = form !== undefined && read.kin.includes(form);
  const lost = [...(knowsDetail ? [] : ['detail']), ...(isKin ? [] : Object.keys(read.others))];
  if (lost.length > 0) {
    const names = lost.map((name) => plainLine(name, 30)).join(', ');
    onNote(`${names} of a part is not sent: ${label} has no such thing`, null);
  }
  const others: JsonObject = isKin ? read.others : {};
  return { detail: knowsDetail ? read.detail : null, others };
}

const DETAILED: ReadonlySet<MediaForm> = new Set(['openai-chat', 'openai-responses', 'mistral']);
