import { isJson } from '../core/json.ts';

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
    `,"cached":(?:true|false)(?:,"structured":"[a-z_]+")?\\}`,
  'y',
);

const RESPONSE = ',"response":';
const ID = ',"id":';

/**
 * Tells whether the rest of a journal line is a response and an answer of a row that has ended well, exactly as
 * this version writes them: they may then be copied as they are, which is quicker than reading them.
 *
 * @param start place behind what names the row
 * @returns the place behind the answer, where the row's id or nothing follows; undefined says nothing: the line may be
 *   another version's, or damaged
 */
export function endAsWritten(line: string, start: number): number | undefined {
  if (!line.startsWith(RESPONSE, start)) return undefined;
  const answer = line.lastIndexOf(GOOD_ANSWER_START);
  if (answer < start) return undefined;
  GOOD_ANSWER_REST.lastIndex = answer + GOOD_ANSWER_START.length;
  if (!GOOD_ANSWER_REST.test(line)) return undefined;
  const end = GOOD_ANSWER_REST.lastIndex;
  return endsWell(line, end) && isJson(line.slice(start + RESPONSE.length, answer))
    ? end
    : undefined;
}

function endsWell(line: string, end: number): boolean {
  if (end === line.length - 1) return line.endsWith('}');
  if (!line.startsWith(`${ID}"`, end) || !line.endsWith('"}')) return false;
  return isJson(line.slice(end + ID.length, -1));
}
