import type { JsonValue } from '../core/json.ts';
import type { Message } from '../core/message.ts';
import { plainLine } from '../core/plain-text.ts';
import type { ProviderDescription } from './provider-description.ts';

/** Why a provider cannot be told some messages, and what it takes. */
export interface MessageRefusal {
  /** A sentence without a full stop. */
  readonly message: string;
  readonly hint: string;
}

/** What a provider's messages cannot be. */
export type MessageTaker = Pick<ProviderDescription, 'label' | 'messages' | 'completionMode'>;

/**
 * Says what of some messages an API cannot be told; null when it can be told all of them. It says nothing
 * of what a server may refuse: that is the server's to say.
 */
export function refusedMessages(
  { label, messages: rules, completionMode }: MessageTaker,
  messages: readonly Message[],
  mode: 'chat' | 'completion',
): MessageRefusal | null {
  if (mode === 'completion' && completionMode) return refusedCompletion(messages);
  if (rules === undefined) return null;
  return (
    (rules.systemTextIn && refusedSystem(label, messages, rules.systemTextIn)) ??
    (rules.lastAssistantEndsInText ? refusedEnd(label, messages.at(-1)) : null)
  );
}

function refusedCompletion(messages: readonly Message[]): MessageRefusal | null {
  if (messages.length === 1 && typeof messages[0]!.content === 'string') return null;
  const what = messages.length === 1 ? 'content that is no text' : `${messages.length} messages`;
  return {
    message: `a completion cannot be told ${what}`,
    hint: 'It takes one text; ask with mode: chat, or write the conversation as one text.',
  };
}

function refusedSystem(
  label: string,
  messages: readonly Message[],
  textIn: readonly string[],
): MessageRefusal | null {
  let front = true;
  for (const [index, message] of messages.entries()) {
    if (message.role !== 'system') front = false;
    else if (!front) return misplacedSystem(label, index);
    else if (!isTextAlone(message, textIn)) return richSystem(label, index, message, textIn);
  }
  return null;
}

function misplacedSystem(label: string, index: number): MessageRefusal {
  return {
    message: `message ${index + 1} is a system message behind another one, which ${label} cannot be told`,
    hint: `${label} takes system messages in front of the conversation only.`,
  };
}

/** True when a message has its text in one of these keys and nothing beside it. */
function isTextAlone(message: Message, textIn: readonly string[]): boolean {
  const [key, ...more] = Object.keys(message).filter((name) => name !== 'role');
  if (key === undefined || more.length > 0 || !textIn.includes(key)) return false;
  return typeof message[key] === 'string' || Array.isArray(message[key]);
}

function richSystem(
  label: string,
  index: number,
  message: Message,
  textIn: readonly string[],
): MessageRefusal {
  const others = Object.keys(message).filter((name) => name !== 'role' && !textIn.includes(name));
  const named = others.map((name) => plainLine(name, 30)).join(', ');
  const what = others.length === 0 ? 'has no text and no list of parts' : `has ${named}`;
  return {
    message: `message ${index + 1} is a system message that ${what}, which ${label} cannot be told`,
    hint: `${label} takes the text or the parts of a system message, and nothing else of it.`,
  };
}

function refusedEnd(label: string, last: Message | undefined): MessageRefusal | null {
  if (last?.role !== 'assistant') return null;
  const text = lastText(last.content);
  if (text === null || /\S$/.test(text)) return null;
  const how = text === '' ? 'is empty' : 'ends in white space';
  return {
    message: `the last message is the assistant's and ${how}, which ${label} cannot be told`,
    hint: `${label} goes on with a last message of the assistant: let it end in a word, or leave it out.`,
  };
}

/** The text with which a content ends, empty if it has none; null when it ends in something else. */
function lastText(content: JsonValue | undefined): string | null {
  const part = Array.isArray(content) ? (content.at(-1) ?? '') : (content ?? '');
  const text = typeof part === 'object' && part !== null && 'text' in part ? part.text : part;
  return typeof text === 'string' ? text : null;
}
