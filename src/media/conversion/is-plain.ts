import type { Message } from '../../core/message.ts';

/** True where a message holds nothing but text, whatever else it may hold. */
export function isPlain({ content, parts, images }: Message): boolean {
  return typeof content === 'string' && parts === undefined && images === undefined;
}
