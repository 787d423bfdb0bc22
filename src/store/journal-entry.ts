import type { Answer, AnswerError, CallKey } from '../core/answer.ts';
import { CALL_ERRORS, type CallErrorCode } from '../core/error-catalogue.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import type { Usage } from '../core/usage.ts';
import { JOURNAL_VERSION } from './journal-line.ts';

/** A line of the journal that was read back. */
export interface JournalEntry {
  readonly answer: Answer;
  /** The whole line as it was written, with fields that this version does not know. */
  readonly envelope: JsonObject;
}

/** What a line of the journal turned out to be. */
export type ParsedJournalLine =
  | { readonly kind: 'answer'; readonly entry: JournalEntry }
  | { readonly kind: 'other'; readonly type: string }
  | { readonly kind: 'corrupt'; readonly problem: string };

/** Reads one line of a journal; never throws. */
export function parseJournalLine(text: string): ParsedJournalLine {
  let envelope: unknown;
  try {
    envelope = JSON.parse(text);
  } catch {
    return corrupt('is not JSON');
  }
  if (!isJsonObject(envelope)) return corrupt('is not a JSON object');
  if (envelope.v !== JOURNAL_VERSION) return corrupt(`has version ${String(envelope.v)}`);
  if (typeof envelope.type !== 'string') return corrupt('has no type');
  if (envelope.type !== 'answer') return { kind: 'other', type: envelope.type };
  const { row, turn, sample, answer } = envelope;
  if (!isCount(row) || !isCount(turn) || !isCount(sample)) return corrupt('names no call');
  if (!isJsonObject(answer)) return corrupt('has no answer');
  if (answer.status !== 'ok' && answer.status !== 'error') return corrupt('has no status');
  const key = { row, turn, sample };
  return {
    kind: 'answer',
    entry: { answer: readAnswer(key, envelope.response, answer), envelope },
  };
}

function corrupt(problem: string): ParsedJournalLine {
  return { kind: 'corrupt', problem };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function readAnswer(key: CallKey, response: JsonValue | undefined, json: JsonObject): Answer {
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
  };
}

function readUsage(value: JsonValue | undefined): Usage {
  const json: JsonObject = isJsonObject(value) ? value : {};
  return {
    input: numberOrNull(json.input),
    cached: numberOrNull(json.cached),
    output: numberOrNull(json.output),
    reasoning: numberOrNull(json.reasoning),
  };
}

function textOrNull(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOrNull(value: JsonValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
