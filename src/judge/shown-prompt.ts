import { isJsonObject, type JsonValue } from '../core/json.ts';
import type { Message } from '../core/message.ts';

/**
 * What was asked, as a judge is shown it: the text of the only message, or each message under its role. What is no text
 * is named by its kind, such as `[image]`.
 */
export function shownPrompt(messages: readonly Message[]): string {
  const [first, second] = messages;
  if (first !== undefined && second === undefined) return contentText(first);
  return messages.map((message) => `${message.role}:\n${contentText(message)}`).join('\n\n');
}

function contentText({ content }: Message): string {
  return typeof content === 'string' ? content : content.map(partText).join('\n');
}

function partText(part: JsonValue): string {
  if (typeof part === 'string') return part;
  if (!isJsonObject(part)) return String(part);
  const { text, kind, type } = part;
  if (typeof text === 'string') return text;
  return `[${typeof kind === 'string' ? kind : typeof type === 'string' ? type : 'part'}]`;
}
