import { isJsonObject, type JsonValue } from '../../core/json.ts';
import type { Message } from '../../core/message.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { quoted } from './quoted.ts';
import { RowProblem } from './row-problem.ts';

const KEY = 'prompt';

/** The roles of the formats that people have. Another one is the server's to refuse, unless it is a slip of the pen. */
const ROLES = ['system', 'developer', 'user', 'assistant', 'model', 'tool', 'function'];
/** Roles of messages that may stand before user turns that are texts. */
const OPENING = ['system', 'developer'];
/** Roles of messages that say nothing without a content. */
const SPEAKERS = ['system', 'developer', 'user'];

/**
 * Reads a row's prompt: a text, a list of texts (successive user turns), also behind system messages, which open the first
 * turn, or a list of messages (sent once).
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
  const opening = parts.findIndex((part) => typeof part === 'string');
  const texts = opening < 0 ? [] : parts.slice(opening);
  if (texts.length === 0 || !texts.every((part) => typeof part === 'string')) {
    return [parts.map(readMessage)];
  }
  const before = parts.slice(0, opening).map(readMessage);
  if (!before.every(({ role }) => OPENING.includes(role))) return [parts.map(readMessage)];
  const turns = texts.map((content): Message[] => [{ role: 'user', content }]);
  return [[...before, ...turns[0]!], ...turns.slice(1)];
}

/** How many user turns a prompt has: its texts, where it is a list that has any, also behind system messages; else one. */
export function turnCount(prompt: JsonValue | undefined): number {
  if (!Array.isArray(prompt)) return 1;
  return Math.max(1, prompt.filter((part) => typeof part === 'string').length);
}

/** Takes a message as it is written: what is in it is between the user and the API. */
function readMessage(value: JsonValue, index: number): Message {
  const place = `message ${index + 1} of "prompt"`;
  if (!isJsonObject(value) || JSON.isRawJSON(value)) {
    throw new RowProblem(`${place} is neither a message nor a text like the others`, { key: KEY });
  }
  const { role } = value;
  if (typeof role !== 'string') throw new RowProblem(`${place} has no "role"`, { key: KEY });
  const nearest = ROLES.includes(role) ? undefined : nearestName(role, ROLES);
  if (nearest !== undefined) {
    const hint = `did you mean "${nearest}"?`;
    throw new RowProblem(`${place} has the unknown role ${quoted(role)}`, { key: KEY, hint });
  }
  if (SPEAKERS.includes(role) && value.content === undefined && value.parts === undefined) {
    throw new RowProblem(`${place} has no "content"`, { key: KEY });
  }
  return value as Message;
}
