import { parseExactJson } from '../../core/exact-json.ts';
import type { JsonValue } from '../../core/json.ts';

const FENCE = /^(?:`{3,}|~{3,})/;

/** Reads an answer that is JSON, also where all of it stands in one code fence; undefined for any other. */
export function jsonAnswer(text: string): JsonValue | undefined {
  try {
    return parseExactJson(withoutFence(text));
  } catch {
    return undefined;
  }
}

/** Without one expression for all of it, which would take time that grows with the square of the white space inside. */
function withoutFence(text: string): string {
  const answer = text.trim();
  const fence = FENCE.exec(answer)?.[0];
  const start = answer.indexOf('\n') + 1;
  if (fence === undefined || start === 0) return text;
  const end = answer.length - fence.length;
  return start <= end && answer.endsWith(fence) ? answer.slice(start, end) : text;
}
