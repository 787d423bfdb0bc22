import { isJsonObject, type JsonValue } from '../../core/json.ts';

/** Keys under which rows carry the two answers: a text, or a conversation of messages. */
const ANSWER_KEYS = [
  'conversation_a',
  'conversation_b',
  'left_text',
  'right_text',
  'result_x',
  'result_y',
  'response_a',
  'response_b',
];

/**
 * Makes a test for rows whose answers give their model away. Only whole words count, and only in the
 * models' own text: a question about Google is no leak.
 *
 * @param words in any case; empty ones are passed over.
 */
export function leakTest(
  words: readonly string[],
): (row: { readonly [key: string]: JsonValue }) => boolean {
  const known = words.map((word) => word.trim()).filter((word) => word !== '');
  if (known.length === 0) return () => false;
  const escaped = known.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
  return (row) =>
    ANSWER_KEYS.some((key) => modelTexts(row[key]).some((text) => pattern.test(text)));
}

function modelTexts(answer: JsonValue | undefined): string[] {
  if (typeof answer === 'string') return [answer];
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((message) =>
    isJsonObject(message) && message.role !== 'user' && typeof message.content === 'string'
      ? [message.content]
      : [],
  );
}
