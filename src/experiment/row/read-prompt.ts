import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { quoted } from './quoted.ts';
import { RowProblem } from './row-problem.ts';

const KEY = 'prompt';

/** The roles of the formats that people have, and what they are here. */
const ROLES: Readonly<Record<string, Message['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
  model: 'assistant',
};

/**
 * Reads a row's prompt: a text, a list of texts (successive user turns), or a list of messages (sent
 * once).
 *
 * @returns one list of new messages for each turn
 * @throws RowProblem when it is none of these
 */
export function readPrompt(prompt: JsonValue | undefined): readonly (readonly Message[])[] {
  if (typeof prompt === 'string') return [[{ role: 'user', content: prompt }]];
  if (!Array.isArray(prompt)) {
    throw new RowProblem('"prompt" must be a text, a list of texts, or a list of messages', {
      key: KEY,
    });
  }
  const parts = prompt as readonly JsonValue[];
  if (parts.length === 0) throw new RowProblem('"prompt" is an empty list', { key: KEY });
  if (parts.every((part) => typeof part === 'string')) {
    return parts.map((content) => [{ role: 'user', content }]);
  }
  return [parts.map(readMessage)];
}

function readMessage(value: JsonValue, index: number): Message {
  const place = `message ${index + 1} of "prompt"`;
  if (!isJsonObject(value)) {
    throw new RowProblem(`${place} is neither a message nor a text like the others`, { key: KEY });
  }
  const { role } = value;
  if (typeof role !== 'string') throw new RowProblem(`${place} has no "role"`, { key: KEY });
  const known = Object.hasOwn(ROLES, role) ? ROLES[role] : undefined;
  if (known === undefined) {
    const nearest = nearestName(role, Object.keys(ROLES));
    throw new RowProblem(`${place} has the unknown role ${quoted(role)}`, {
      key: KEY,
      hint: nearest ? `did you mean "${nearest}"?` : `known: ${Object.keys(ROLES).join(', ')}`,
    });
  }
  return { role: known, content: readContent(value, place) };
}

/** Takes `content` (most formats) or `parts` (Gemini's); parts that are all text become one text. */
function readContent(message: JsonObject, place: string): Message['content'] {
  const content = message.content ?? message.parts;
  if (typeof content === 'string') return content;
  if (content === undefined || content === null || typeof content !== 'object') {
    throw new RowProblem(`${place} has no "content"`, { key: KEY });
  }
  const parts = Array.isArray(content) ? (content as readonly JsonValue[]) : [content];
  const texts = parts.map(plainPart);
  return texts.every((text) => text !== undefined) ? texts.join('\n') : parts;
}

/** The text of a part that is nothing but text, in the spellings of OpenAI, Anthropic, Gemini, prompto. */
function plainPart(part: JsonValue): string | undefined {
  if (typeof part === 'string') return part;
  if (!isJsonObject(part)) return undefined;
  const keys = Object.keys(part).filter((key) => key !== 'type');
  if (keys.length !== 1 || (part.type !== undefined && part.type !== 'text')) return undefined;
  const text = part.text ?? (part.type === 'text' ? part.media : undefined);
  return typeof text === 'string' ? text : undefined;
}
