import type { JsonValue } from '../../core/json.ts';
import { base64Length, type MediaForm } from '../../core/media.ts';
import { bytesOf, isMediaPart } from '../../core/media-part.ts';
import type { Message } from '../../core/message.ts';
import type { MediaFinding } from '../findings/media-finding.ts';
import { MediaProblem } from '../findings/media-problem.ts';
import { type ByteSources, convertPart, type MediaTarget } from './convert-part.ts';
import { isPlain } from './is-plain.ts';
import { goesAsItIs, partsOf, textOfPart, type WrittenPart } from './message-parts.ts';

/** No API is sent more in one request, and no memory holds many such. */
const LARGEST_REQUEST_BYTES = 512_000_000;

/** A conversation as it is sent, and what is to be said of it. */
export interface Converted {
  readonly messages: readonly Message[];
  /** Why it cannot be sent; none where it can. */
  readonly problems: readonly MediaFinding[];
  /** What is not sent as it is written. */
  readonly notes: readonly MediaFinding[];
}

/** True where a conversation holds parts that do not go to an API as they are. */
export function needsConversion(
  messages: readonly Message[],
  form: MediaForm | undefined,
): boolean {
  return messages.some(
    (message) =>
      !isPlain(message) &&
      partsOf(message).some(({ read }) => read !== null && !goesAsItIs(read, form)),
  );
}

/** The files that a conversation names, for an API that is told of them. */
export function* filesNamed(messages: readonly Message[], target: MediaTarget): Generator<string> {
  for (const message of messages) {
    if (isPlain(message)) continue;
    for (const { read } of partsOf(message)) {
      const source = read?.source;
      if (source?.at === 'file') yield source.path;
      const isElsewhere = source?.at === 'uploaded' && target.rules?.storedUnder === undefined;
      if (isElsewhere && source.instead?.at === 'file') yield source.instead.path;
    }
  }
}

/**
 * Writes the media of a conversation, and with them its other parts, in no API's form. A conversation of which nothing
 * needs that is to be left as it is.
 */
export function convertConversation(
  messages: readonly Message[],
  target: MediaTarget,
  sources: ByteSources,
): Converted {
  const problems: MediaFinding[] = [];
  const notes: MediaFinding[] = [];
  const form = target.rules?.form;
  const converted = messages.map((message, index) => {
    const place = `message ${index + 1} of "prompt"`;
    const convert = ({ value, read }: WrittenPart): JsonValue => {
      if (read === null) return textOfPart(value) ?? value;
      if (goesAsItIs(read, form) && form !== 'ollama') return value;
      try {
        return convertPart(read, target, sources, (text, hint) => {
          notes.push({ message: `${place}: ${text}`, hint });
        });
      } catch (error) {
        if (!(error instanceof MediaProblem)) throw error;
        problems.push({ message: `${place}: ${error.message}`, hint: error.hint });
        return value;
      }
    };
    return isPlain(message) ? message : convertMessage(message, form, convert);
  });
  const size = problems.length === 0 ? tooLarge(converted, target) : null;
  return { messages: converted, problems: size === null ? problems : [size], notes };
}

function convertMessage(
  message: Message,
  form: MediaForm | undefined,
  convert: (part: WrittenPart) => JsonValue,
): Message {
  const { parts: _, images: __, role, content: ___, ...others } = message;
  const content = partsOf(message).map(convert);
  // What has no content, such as a call of a tool, has none.
  if (content.length === 0) return message;
  const name = role === 'model' && form !== 'gemini' ? 'assistant' : role;
  const [only] = content;
  return {
    role: name,
    content: content.length === 1 && typeof only === 'string' ? only : content,
    ...others,
  };
}

function tooLarge(
  messages: readonly Message[],
  { label, rules }: MediaTarget,
): MediaFinding | null {
  // What would be too large is brought there before.
  if (rules?.uploadsAboveBytes !== undefined) return null;
  const limit = rules?.largestRequestBytes ?? LARGEST_REQUEST_BYTES;
  let sum = 0;
  for (const { content } of messages) {
    if (!Array.isArray(content)) continue;
    for (const part of content) {
      if (isMediaPart(part)) sum += base64Length(bytesOf(part)?.size ?? 0);
    }
  }
  if (sum <= limit) return null;
  const inMegabytes = (bytes: number) => `${Math.ceil(bytes / 100_000) / 10} MB`;
  return {
    message: `the media of the row are ${inMegabytes(sum)} as base64, and ${label} takes requests of ${inMegabytes(limit)}`,
    hint: 'Make them smaller, or divide the row.',
  };
}
