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
