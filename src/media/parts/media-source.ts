import { mediaTypeOfBase64 } from '../types/media-type-of-bytes.ts';

/** Where what a part shows is. */
export type MediaSource =
  /** A file of the media folder, by its path there. */
  | { readonly at: 'file'; readonly path: string }
  | { readonly at: 'url'; readonly url: string }
  /** The bytes themselves, as base64. */
  | { readonly at: 'row'; readonly base64: string; readonly mediaType: string | null }
  /** A file that a vendor keeps, by an id that only that vendor knows. */
  | { readonly at: 'vendor'; readonly id: string }
  /** A file that was brought to Gemini before, and the one that it was made from. */
  | { readonly at: 'uploaded'; readonly name: string; readonly instead: MediaSource | null };

const DATA_ADDRESS = /^data:([^;,]{0,200})((?:;[^;,]{0,200}){0,20}),/i;
/** The same without the word that it begins with. */
const WORDLESS = /^(?=[a-z]+\/[^;,\s]{1,100};base64,)/i;
/** No path is longer, and hardly any media are shorter. */
const LONGEST_PATH = 1024;
const ADDRESS = /^[a-z][a-z0-9+.-]{0,30}:\/\//i;

/** Reads an address, or the path of a file. */
export function sourceOf(word: string): MediaSource {
  const address = WORDLESS.test(word) ? `data:${word}` : word;
  const [head, type = '', options = ''] = DATA_ADDRESS.exec(address) ?? [];
  if (head !== undefined && /;base64$/i.test(options)) {
    return { at: 'row', base64: address.slice(head.length), mediaType: type === '' ? null : type };
  }
  if (head !== undefined || ADDRESS.test(word)) return { at: 'url', url: word };
  return { at: 'file', path: word };
}

/** Tells an address that holds its bytes from base64 alone. */
export function isDataAddress(word: string): boolean {
  return DATA_ADDRESS.test(word);
}

/** Reads what is base64 by its form. No base64 has a dot, and hardly a file's name has none. */
export function mustBeBytes(word: string): MediaSource {
  const source = sourceOf(word);
  const isPath = word.length <= LONGEST_PATH && word.includes('.');
  return source.at !== 'file' || isPath ? source : { at: 'row', base64: word, mediaType: null };
}

/** Reads what may be a path or base64: base64 is what begins as an image, a sound, a PDF or a video does. */
export function bytesOrPath(word: string): MediaSource {
  const source = sourceOf(word);
  if (source.at !== 'file') return source;
  const beginsAsBytes = !word.includes('.') && mediaTypeOfBase64(word) !== null;
  const isBytes = beginsAsBytes || word.length > LONGEST_PATH;
  return isBytes ? { at: 'row', base64: word, mediaType: null } : source;
}
