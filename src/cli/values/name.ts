import type { Parsed } from '../option.ts';

/** Reads a name: any text but an empty one. */
export function name(text: string): Parsed<string> {
  return text.trim() === '' ? { problem: 'must be a name' } : { value: text };
}
