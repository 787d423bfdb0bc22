import { parseExactJson } from '../../core/exact-json.ts';
import type { JsonValue } from '../../core/json.ts';

const FENCE = /^\s*(`{3,}|~{3,})[^\n]*\n([\s\S]*?)\n?\s*\1\s*$/;

/** Reads an answer that is JSON, also where all of it stands in one code fence; undefined for any other. */
export function jsonAnswer(text: string): JsonValue | undefined {
  try {
    return parseExactJson(FENCE.exec(text)?.[2] ?? text);
  } catch {
    return undefined;
  }
}
