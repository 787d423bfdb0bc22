import { isJsonObject, type JsonValue } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';

/** What a consortium is asked, by what becomes of its parts. */
export interface Conversation {
  /** The system messages before everything else. */
  readonly system: readonly Message[];
  /** The turns, the last one included. */
  readonly turns: readonly Message[];
}

const SYSTEM_ROLES = new Set(['system', 'developer']);

/** Tells what is told before from what is said. */
export function conversationOf(messages: readonly Message[]): Conversation {
  const at = messages.findIndex(({ role }) => !SYSTEM_ROLES.has(role));
  const first = at < 0 ? messages.length : at;
  return { system: messages.slice(0, first), turns: messages.slice(first) };
}

/** The text of a message; parts that are none are left out. */
export function textOfMessage({ content }: Message): string {
  if (typeof content === 'string') return content;
  return content.flatMap((part) => textOfPart(part) ?? []).join('\n');
}

/** What of a message is no text: images, sounds, files. */
export function otherParts({ content }: Message): readonly JsonValue[] {
  return typeof content === 'string'
    ? []
    : content.filter((part) => textOfPart(part) === undefined);
}

/** A message with a further text at its end. */
export function withText(message: Message, text: string): Message {
  const { content } = message;
  if (typeof content === 'string') return { ...message, content: `${content}\n\n${text}` };
  return { ...message, content: [...content, { type: 'text', text }] };
}

function textOfPart(part: JsonValue): string | undefined {
  if (typeof part === 'string') return part;
  return isJsonObject(part) && typeof part.text === 'string' ? part.text : undefined;
}
