import type { Answer, AnswerError, CallKey } from '../core/answer.ts';
import { CALL_ERRORS, type CallErrorCode } from '../core/error-catalogue.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import { hasRareUsage, RARE_USAGE, type Usage } from '../core/usage.ts';
import { detailsJson, readDetails } from './details-json.ts';

/**
 * Writes what a record says of its answer, as JSON; `started_at` is null for a call that was never
 * sent. Built by hand: it runs once for every call, and
 * this is several times as fast as `JSON.stringify` of an object.
 */
export function answerJson(answer: Answer): string {
  const { usage } = answer;
  const error = answer.error === null ? '' : `,"error":${errorJson(answer.error)}`;
  const firstToken =
    answer.firstTokenMs === null ? '' : `,"first_token_ms":${numberJson(answer.firstTokenMs)}`;
  return (
    `{"status":"${answer.status}"${error},"model":${modelJson(answer.model)}` +
    `,"finish_reason":${finishReasonJson(answer.finishReason)}` +
    `,"usage":{"input":${numberJson(usage.input)},"cached":${numberJson(usage.cached)}` +
    `,"output":${numberJson(usage.output)},"reasoning":${numberJson(usage.reasoning)}${rareUsageJson(usage)}}` +
    `,"cost_usd":${numberJson(answer.costUsd)},"latency_ms":${numberJson(answer.latencyMs)}` +
    `${firstToken},"attempts":${numberJson(answer.attempts)}` +
    `,"started_at":${textJson(answer.startedAt || null)},"request_id":${textJson(answer.requestId)}` +
    `,"cached":${answer.cached}${answer.details === undefined ? '' : detailsJson(answer.details)}}`
  );
}

/**
 * Writes the `response` of one call as JSON: its text, the list of its choices, or null. A list has a null for each
 * choice that was asked for and did not come.
 */
export function responseJson({ texts, details }: Pick<Answer, 'texts' | 'details'>): string {
  if (texts.length === 0) return 'null';
  const missing = details?.choicesMissing ?? 0;
  if (missing === 0) return JSON.stringify(texts.length === 1 ? texts[0] : texts);
  return JSON.stringify([...texts, ...new Array<null>(missing).fill(null)]);
}

function rareUsageJson(usage: Usage): string {
  if (!hasRareUsage(usage)) return '';
  const parts = RARE_USAGE.filter((name) => usage[name] !== undefined);
  return parts.map((name) => `,"${RARE_KEYS[name]}":${numberJson(usage[name]!)}`).join('');
}

/** What the rare parts of a usage are called in a line. */
const RARE_KEYS = {
  cacheWrite: 'cache_write',
  cacheWriteHour: 'cache_write_hour',
  inputAudio: 'input_audio',
  outputAudio: 'output_audio',
} as const;

function errorJson(error: AnswerError): string {
  const hint = error.hint === null ? '' : `,"hint":${JSON.stringify(error.hint)}`;
  const partialText =
    error.partialText === null ? '' : `,"partial_text":${JSON.stringify(error.partialText)}`;
  return (
    `{"code":"${error.code}","message":${JSON.stringify(error.message)}${hint}` +
    `,"retryable":${error.retryable},"http_status":${numberJson(error.httpStatus)}` +
    `${contextJson(error)}${partialText}}`
  );
}

function contextJson({ context }: AnswerError): string {
  if (context === undefined) return '';
  const { limit, given, forAnswer } = context;
  const answer = forAnswer === undefined ? '' : `,"context_for_answer":${numberJson(forAnswer)}`;
  return `,"context_limit":${numberJson(limit)},"context_given":${numberJson(given)}${answer}`;
}

function textJson(text: string | null): string {
  return text === null ? 'null' : JSON.stringify(text);
}

/** Writes a text that is most often the one of the answer before: that one is remembered. */
function rememberingJson(): typeof textJson {
  let last: string | null = null;
  let json = 'null';
  return (text) => {
    if (text !== last) json = textJson(text);
    last = text;
    return json;
  };
}

const modelJson = rememberingJson();
const finishReasonJson = rememberingJson();

/** JSON has no NaN and no infinity. */
function numberJson(value: number | null): string {
  return value !== null && Number.isFinite(value) ? String(value) : 'null';
}

/**
 * Reads what `answerJson` wrote; what is missing or of another kind counts as unknown.
 *
 * @param response the line's response, whose texts are the answer's
 */
export function readAnswer(
  key: CallKey,
  response: JsonValue | undefined,
  json: JsonObject,
): Answer {
  return {
    key,
    status: json.status as 'ok' | 'error',
    texts: readTexts(response),
    error: json.status === 'error' ? readError(json.error) : null,
    model: textOrNull(json.model),
    finishReason: textOrNull(json.finish_reason),
    usage: readUsage(json.usage),
    costUsd: numberOrNull(json.cost_usd),
    latencyMs: numberOrNull(json.latency_ms) ?? 0,
    firstTokenMs: numberOrNull(json.first_token_ms),
    attempts: numberOrNull(json.attempts) ?? 1,
    startedAt: textOrNull(json.started_at) ?? '',
    requestId: textOrNull(json.request_id),
    cached: json.cached === true,
    details: readDetails(json),
  };
}

function readTexts(response: JsonValue | undefined): readonly string[] {
  if (typeof response === 'string') return [response];
  if (!Array.isArray(response)) return [];
  return response.filter((text): text is string => typeof text === 'string');
}

function readError(value: JsonValue | undefined): AnswerError {
  const json: JsonObject = isJsonObject(value) ? value : {};
  const code = textOrNull(json.code) ?? 'internal';
  return {
    code: Object.hasOwn(CALL_ERRORS, code) ? (code as CallErrorCode) : 'internal',
    message: textOrNull(json.message) ?? '',
    hint: textOrNull(json.hint),
    retryable: json.retryable === true,
    httpStatus: numberOrNull(json.http_status),
    partialText: textOrNull(json.partial_text),
    ...readContext(json),
  };
}

function readContext(json: JsonObject): Pick<AnswerError, 'context'> {
  const limit = numberOrNull(json.context_limit);
  const given = numberOrNull(json.context_given);
  if (limit === null && given === null) return {};
  const forAnswer = numberOrNull(json.context_for_answer);
  return { context: { limit, given, ...(forAnswer !== null && { forAnswer }) } };
}

function readUsage(value: JsonValue | undefined): Usage {
  const json: JsonObject = isJsonObject(value) ? value : {};
  return {
    input: numberOrNull(json.input),
    cached: numberOrNull(json.cached),
    output: numberOrNull(json.output),
    reasoning: numberOrNull(json.reasoning),
    ...Object.fromEntries(
      RARE_USAGE.map((name) => [name, numberOrNull(json[RARE_KEYS[name]])] as const).filter(
        ([, count]) => count !== null,
      ),
    ),
  };
}

function textOrNull(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOrNull(value: JsonValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
