/** What a model is shown besides text. A document is a PDF. */
export type MediaKind = 'image' | 'audio' | 'document' | 'video';

/** The kinds by their names. */
export const MEDIA_KINDS: readonly MediaKind[] = ['image', 'audio', 'document', 'video'];

/** In whose form a part is written. */
export type MediaForm =
  | 'openai-chat'
  | 'openai-responses'
  | 'anthropic'
  | 'gemini'
  | 'mistral'
  | 'ollama';

/** How an API takes one kind. */
export interface KindRule {
  /** Media types that it can be told, such as `image/png`; absent: any of the kind. */
  readonly types?: readonly string[];
  /** Schemes of the addresses that it fetches itself, such as `https`; none: it takes bytes only. */
  readonly addresses: readonly string[];
}

/** What an API can be told besides text, as data. What is not here is refused before anything is sent. */
export interface MediaRules {
  /** The form of its parts; such a part goes as it is written, unless it names a local file. */
  readonly form: MediaForm;
  readonly kinds: { readonly [Kind in MediaKind]?: KindRule };
  /** Most bytes of one request; absent: not known. */
  readonly largestRequestBytes?: number;
  /** Given if it keeps files: media that would make a request larger than this are uploaded first. */
  readonly uploadsAboveBytes?: number;
  /** What stands before the name of a file that it keeps, in requests; absent: it is not known. */
  readonly storedUnder?: string;
}

/** How many bytes a number of bytes has in base64. */
export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}
