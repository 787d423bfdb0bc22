import { withNullFor } from '../core/bare-words.ts';

/** What some servers write for numbers that JSON does not have, such as the logarithm of nothing. */
const NO_NUMBERS = ['-Infinity', 'Infinity', 'NaN'];
const MAY_HOLD_ONE = /NaN|Infinity/;

/**
 * Parses what a server has answered. Bare words for numbers that JSON does not have are null: the answer beside them has
 * been paid.
 *
 * @throws SyntaxError when it is no JSON.
 */
export function parseAnswerJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!MAY_HOLD_ONE.test(text)) throw error;
    return JSON.parse(withNullFor(NO_NUMBERS, text));
  }
}
