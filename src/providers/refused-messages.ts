import type { JsonValue } from '../core/json.ts';
import type { MediaRules } from '../core/media.ts';
import { isMediaPart } from '../core/media-part.ts';
import type { Message } from '../core/message.ts';
import type { RequestMode } from '../core/model.ts';
import { plainLine } from '../core/plain-text.ts';
import { refusedPart } from '../core/refused-media.ts';
import type { MessageRules, ProviderDescription } from './provider-description.ts';

/** Why a provider cannot be told some messages, and what it takes. */
export interface MessageRefusal {
  /** A sentence without a full stop. */
  readonly message: string;
  readonly hint: string;
}

/** What a provider's messages cannot be. */
export type MessageTaker = Pick<
  ProviderDescription,
  'label' | 'messages' | 'completionMode' | 'media' | 'embeddings'
>;

/**
 * Says what of some messages an API cannot be told; null when it can be told all of them. It says nothing
 * of what a server may refuse: that is the server's to say.
 */
export function refusedMessages(
  { label, messages: rules, completionMode, media, embeddings }: MessageTaker,
  messages: readonly Message[],
  mode: RequestMode,
): MessageRefusal | null {
  if (mode === 'embedding') return refusedTexts(label, embeddings, messages);
  if (mode === 'completion' && completionMode) return refusedCompletion(messages);
  const refused = refusedMedia(label, media, messages);
  if (refused !== null || rules === undefined) return refused;
  if (rules.onlyOneText) return refusedConversation(label, messages);
  return (
    (rules.system && refusedSystem(label, messages, rules.system)) ??
    (rules.lastAssistantEndsInText ? refusedEnd(label, messages.at(-1)) : null)
  );
}

/** Parts of a row were looked at before; those of a program come here first. */
function refusedMedia(
  label: string,
  rules: MediaRules | undefined,
  messages: readonly Message[],
): MessageRefusal | null {
  for (let index = 0; index < messages.length; index++) {
    const { content } = messages[index]!;
    if (!Array.isArray(content)) continue;
    for (const part of content) {
      const refusal = isMediaPart(part) ? refusedPart(part, label, rules) : null;
      if (refusal !== null) {
        return { ...refusal, message: `message ${index + 1} has ${refusal.message}` };
      }
    }
  }
  return null;
}

/** Of texts that are to be embedded: without a place for them, too many, or what is none. */
function refusedTexts(
  label: string,
  embeddings: MessageTaker['embeddings'],
  messages: readonly Message[],
): MessageRefusal | null {
  if (embeddings === undefined) {
    return {
      message: `${label} cannot be asked for embeddings`,
      hint: 'Take a model of another provider, such as openai, gemini, mistral or ollama.',
    };
  }
  const maxTexts = embeddings.maxTexts ?? Number.POSITIVE_INFINITY;
  if (messages.length > maxTexts) {
    return {
      message: `${messages.length} texts are more than ${label} takes in one request`,
      hint: `Ask for the embeddings of at most ${maxTexts} texts at once.`,
    };
  }
  const wrong = messages.findIndex(({ content }) => typeof content !== 'string' || content === '');
  if (wrong === -1) return null;
  return {
    message: `message ${wrong + 1} has no text, or more than a text, of which there is no embedding`,
    hint: 'An embedding is asked of one text a message.',
  };
}

function refusedCompletion(messages: readonly Message[]): MessageRefusal | null {
  if (messages.length === 1 && typeof messages[0]!.content === 'string') return null;
  const what = messages.length === 1 ? 'content that is no text' : `${messages.length} messages`;
  return {
    message: `a completion cannot be told ${what}`,
    hint: 'It takes one text; ask with mode: chat, or write the conversation as one text.',
  };
}

function refusedConversation(label: string, messages: readonly Message[]): MessageRefusal | null {
  const [first] = messages;
  const isText = first?.role === 'user' && typeof first.content === 'string';
  if (messages.length === 1 && isText && Object.keys(first).length === 2) return null;
  const what =
    messages.length === 1
      ? "a message that is more than a text of the user's"
      : `${messages.length} messages`;
  return {
    message: `${label} cannot be told ${what}`,
    hint: 'It takes one text: write the conversation as one.',
  };
}

type SystemRule = NonNullable<MessageRules['system']>;

function refusedSystem(
  label: string,
  messages: readonly Message[],
  rule: SystemRule,
): MessageRefusal | null {
  let front = true;
  for (const [index, message] of messages.entries()) {
    if (message.role !== 'system') front = false;
    else if (!front) return misplacedSystem(label, index);
    else {
      const what = systemMistake(message, rule);
      if (what !== null) return wrongSystem(label, index, what);
    }
  }
  return null;
}

function misplacedSystem(label: string, index: number): MessageRefusal {
  return {
    message: `message ${index + 1} is a system message after the conversation has begun, which ${label} cannot be told`,
    hint: `${label} takes system messages in front of the conversation only.`,
  };
}

/** What of a system message has no place; null if all of it has. */
function systemMistake(message: Message, { textIn, keysBesideText }: SystemRule): string | null {
  const key = textIn.find((name) => message[name] !== undefined && message[name] !== null);
  const content = key === undefined ? undefined : message[key];
  if (typeof content !== 'string' && !Array.isArray(content)) {
    return 'has no text and no list of parts';
  }
  if (keysBesideText && typeof content === 'string') return null;
  const others = Object.keys(message).filter((name) => name !== 'role' && name !== key);
  if (others.length === 0) return null;
  return `has ${others.map((name) => plainLine(name, 30)).join(', ')}`;
}

function wrongSystem(label: string, index: number, what: string): MessageRefusal {
  return {
    message: `message ${index + 1} is a system message that ${what}, which ${label} cannot be told`,
    hint: `${label} takes the text or the parts of a system message; put what belongs to a part into it.`,
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
