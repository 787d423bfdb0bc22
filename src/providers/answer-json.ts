import { withNullFor } from '../core/bare-words.ts';

/** What some servers write for numbers that JSON does not have, such as the logarithm of nothing. */
const NO_NUMBERS = ['-Infinity', 'Infinity', 'NaN'];
const MAY_HOLD_ONE = /NaN|Infinity/;

/**
 * Parses what a server has answered. Bare words for numbers that JSON does not have are null: the answer beside them has
 * been paid. A mark of the byte order before it is no part of it.
 *
 * @param parse reads JSON; default `JSON.parse`
 * @throws SyntaxError when it is no JSON.
 */
export function parseAnswerJson(
  text: string,
  parse: (json: string) => unknown = JSON.parse,
): unknown {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return parse(json);
  } catch (error) {
    if (!MAY_HOLD_ONE.test(json)) throw error;
    return parse(withNullFor(NO_NUMBERS, json));
  }
}
