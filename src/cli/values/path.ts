import type { Parsed } from '../option.ts';

/** Reads a path: any text but an empty one or one with a NUL. */
export function path(text: string): Parsed<string> {
  return text === '' || text.includes('\0') ? { problem: 'must be a path' } : { value: text };
}
