/** How prompto begins what it writes in the place of an answer; before version 0.2 without the parenthesis. */
const PROMPTO_ERROR =
  /^(?:An unexpected error occurred when querying the API: (?:\(|\w+ - )|(?:NotImplementedError|KeyError|ValueError|TypeError|FileNotFoundError) - )/;

/** Tells whether a response of a results file without `answer` is an error of prompto's. */
export function isPromptoError(response: unknown): response is string {
  return typeof response === 'string' && PROMPTO_ERROR.test(response);
}
