import type { JsonValue } from '../../core/json.ts';
import { cutText } from './cut-text.ts';

const MOST_NAME = 300;

/** The text that a value is; null when it is none. */
export function textIn(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** The name that a value is, of at most 300 characters; null when it is none. */
export function nameIn(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? cutName(value) : null;
}

/** A name, or its first 300 characters. */
function cutName(name: string): string {
  return cutText(name, MOST_NAME);
}
