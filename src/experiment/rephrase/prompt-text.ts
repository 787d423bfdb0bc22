import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';

/** The text of a prompt that is rephrased, and how the prompt is with another one in its place. */
export interface PromptText {
  readonly text: string;
  readonly with: (text: string) => JsonValue;
}

/**
 * Finds the text of a prompt: the whole, the last of a list of texts, or the last text of the last message of a user.
 *
 * @returns null where it has none but white space
 */
export function promptText(prompt: JsonValue | undefined): PromptText | null {
  if (typeof prompt === 'string') return textOrNull(prompt, (text) => text);
  if (!Array.isArray(prompt)) return null;
  const list = prompt as readonly JsonValue[];
  if (list.every((part) => typeof part === 'string')) {
    return textOrNull(list.at(-1) ?? '', (text) => list.with(-1, text));
  }
  const at = list.findLastIndex((message) => isJsonObject(message) && message.role === 'user');
  const message = list[at];
  if (!isJsonObject(message)) return null;
  const found = contentText(message);
  return found && { text: found.text, with: (text) => list.with(at, found.with(text)) };
}

/** The text of a message is its `content`, or the last text of its parts. */
function contentText(message: JsonObject): PromptText | null {
  for (const key of ['content', 'parts']) {
    const content = message[key];
    if (typeof content === 'string') {
      return textOrNull(content, (text) => ({ ...message, [key]: text }));
    }
    if (!Array.isArray(content)) continue;
    const parts = content as readonly JsonValue[];
    const at = parts.findLastIndex((part) => partText(part) !== null);
    const part = parts[at];
    if (part === undefined) continue;
    const other = (text: string) => (isJsonObject(part) ? { ...part, text } : text);
    return textOrNull(partText(part) ?? '', (text) => ({
      ...message,
      [key]: parts.with(at, other(text)),
    }));
  }
  return null;
}

function partText(part: JsonValue): string | null {
  if (typeof part === 'string') return part;
  return isJsonObject(part) && typeof part.text === 'string' ? part.text : null;
}

function textOrNull(text: string, replaced: (text: string) => JsonValue): PromptText | null {
  return text.trim() === '' ? null : { text, with: replaced };
}
