import type { JsonObject } from '../core/json.ts';
import type { Message } from '../core/message.ts';
import type { TextMessage } from './provider.ts';

const STAND_IN: readonly TextMessage[] = [{ role: 'user', content: '-' }];

/** Tells whether all messages are plain text, so that an SDK can write them. */
export function isPlainText(messages: readonly Message[]): messages is readonly TextMessage[] {
  return messages.every(({ content }) => typeof content === 'string');
}

/** The messages for the SDK: a stand-in where they will be written over in the body's own form. */
export function messagesForSdk(messages: readonly Message[]): readonly TextMessage[] {
  return isPlainText(messages) ? messages : STAND_IN;
}

/**
 * The body's prompt for a text completion of one message: its text as it is. An SDK would write a
 * transcript (`user:`, `assistant:`) that stops at the next `user:`; null where that is what is wanted,
 * for a history of several messages.
 */
export function plainPrompt(messages: readonly Message[]): JsonObject | null {
  const [only] = messages;
  if (messages.length !== 1 || typeof only?.content !== 'string') return null;
  return { prompt: only.content };
}
