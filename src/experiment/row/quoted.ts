import { plainLine } from '../../core/plain-text.ts';

/** A value of a row as messages show it: on one line, in quotes, and never long. */
export function quoted(text: string): string {
  return JSON.stringify(plainLine(text, 60));
}
