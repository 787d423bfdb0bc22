import type { JsonValue } from '../../core/json.ts';

/** What a row's `expected_response` allows. */
export interface ExpectedResponse {
  /** The alternatives as texts: a number counts as its text, a list means any of. Empty: there is none. */
  readonly texts: readonly string[];
  /** The same as they are. */
  readonly values: readonly JsonValue[];
  /** The whole of it; null without one. */
  readonly whole: JsonValue;
}

const NOTHING: ExpectedResponse = { texts: [], values: [], whole: null };

/** Reads the `expected_response` of a row; null and an empty list are none. */
export function expectedResponse(value: JsonValue | undefined): ExpectedResponse {
  if (value === undefined || value === null) return NOTHING;
  const values = (Array.isArray(value) ? value : [value]).filter((one) => one !== null);
  return { texts: values.map(textOf), values, whole: value };
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
