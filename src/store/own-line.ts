const TEXT = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-f]{4}))*"`;
const TEXT_OR_NULL = `(?:null|${TEXT})`;
const NUMBER = String.raw`(?:null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]\d+)?)`;

/** How the answer of a row that has ended well begins; within a text its quotes would be escaped. */
const GOOD_ANSWER_START = ',"answer":{"status":"ok","model":';

/** The rest of the line. */
const GOOD_ANSWER_REST = new RegExp(
  `${TEXT_OR_NULL},"finish_reason":${TEXT_OR_NULL}` +
    `,"usage":\\{"input":${NUMBER},"cached":${NUMBER},"output":${NUMBER},"reasoning":${NUMBER}\\}` +
    `,"cost_usd":${NUMBER},"latency_ms":${NUMBER}(?:,"first_token_ms":${NUMBER})?` +
    `,"attempts":${NUMBER},"started_at":${TEXT_OR_NULL},"request_id":${TEXT_OR_NULL}` +
    `,"cached":(?:true|false)\\}\\}$`,
  'y',
);

const RESPONSE = ',"response":';

/**
 * Tells whether the rest of a journal line is a response and an answer of a row that has ended well, exactly as
 * this version writes them: it may then be copied as it is, which is quicker than reading it. False says
 * nothing: the line may be another version's, or damaged.
 *
 * @param start place behind what names the row
 */
export function endsAsWritten(line: string, start: number): boolean {
  if (!line.startsWith(RESPONSE, start)) return false;
  const answer = line.lastIndexOf(GOOD_ANSWER_START);
  if (answer < start) return false;
  GOOD_ANSWER_REST.lastIndex = answer + GOOD_ANSWER_START.length;
  return GOOD_ANSWER_REST.test(line) && isJson(line.slice(start + RESPONSE.length, answer));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
