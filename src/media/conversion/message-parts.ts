import { isJsonObject, type JsonValue } from '../../core/json.ts';
import type { MediaForm } from '../../core/media.ts';
import type { Message } from '../../core/message.ts';
import { mustBeBytes } from '../parts/media-source.ts';
import { onlyBytes, type ReadPart, readPart, writtenType } from '../parts/read-part.ts';
import { kindOfType } from '../types/kind-of-type.ts';
import { mediaTypeOfBase64 } from '../types/media-type-of-bytes.ts';

/** A part of a message: as it is written, and what it shows where it is more than text. */
export interface WrittenPart {
  readonly value: JsonValue;
  readonly read: ReadPart | null;
}

/** The parts of a message, wherever the forms that are known have them: `content`, `parts`, and `images` beside. */
export function partsOf(message: Message): readonly WrittenPart[] {
  const given: JsonValue | undefined = message.parts ?? message.content;
  const parts = Array.isArray(given) ? given : given === undefined || given === null ? [] : [given];
  return [
    ...parts.map((value) => ({ value, read: readPart(value) })),
    ...imagesOf(message).map((value) => ({ value, read: readImage(value) })),
  ];
}

/** True for a part that goes as it is to an API of a form. */
export function goesAsItIs(read: ReadPart, form: MediaForm | undefined): boolean {
  const { own, source } = read;
  return form !== undefined && own.includes(form) && source.at !== 'file' && !isMislabelled(read);
}

/**
 * True for bytes of a row that are empty, and for those that are of another type than is written beside them, but of the
 * same kind: what the API would refuse is put right, what it may understand is left.
 */
function isMislabelled(read: ReadPart): boolean {
  const { source } = read;
  if (source.at !== 'row') return false;
  if (source.base64 === '') return true;
  const written = writtenType(read);
  const type = written === null ? null : mediaTypeOfBase64(source.base64);
  if (written === null || type === null || kindOfType(type) !== kindOfType(written)) return false;
  return type !== written.split(';')[0]!.trim().toLowerCase();
}

/** A part that is nothing but text, as any form has it; null for another one. */
export function textOfPart(value: JsonValue): string | null {
  if (typeof value === 'string') return value;
  if (!isJsonObject(value) || JSON.isRawJSON(value)) return null;
  const { type, text, media, ...others } = value;
  if (Object.keys(others).length > 0) return null;
  if (typeof text === 'string' && media === undefined) {
    return type === undefined || TEXT_TYPES.has(type) ? text : null;
  }
  return type === 'text' && text === undefined && typeof media === 'string' ? media : null;
}

const TEXT_TYPES: ReadonlySet<JsonValue> = new Set(['text', 'input_text', 'output_text']);

/** Ollama has images beside the text. */
function imagesOf({ images }: Message): readonly string[] {
  return Array.isArray(images) ? images.filter((image) => typeof image === 'string') : [];
}

function readImage(image: string): ReadPart {
  const source = mustBeBytes(image);
  return {
    ...{
      own: onlyBytes(image, ['ollama']),
      kin: ['ollama'],
      kind: 'image',
      mediaType: null,
      source,
    },
    ...{ name: null, detail: null, others: {} },
  };
}
