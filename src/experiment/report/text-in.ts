import type { JsonValue } from '../../core/json.ts';

/** The text that a value is; null when it is none. */
export function textIn(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
