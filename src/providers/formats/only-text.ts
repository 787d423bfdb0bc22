import type { Message } from '../../core/message.ts';

/** The text of a message whose content is one; what has parts was refused before. */
export function onlyTextOf({ content }: Message): string {
  return content as string;
}
