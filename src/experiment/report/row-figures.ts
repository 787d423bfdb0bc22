import { numberOf } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { ResultRow } from '../exports/result-row.ts';
import { modelOfRow } from '../row/model-name.ts';
import { nameIn, textIn } from './text-in.ts';

/** What a report counts of a row. */
export interface RowFigures {
  readonly model: string;
  readonly status: 'answered' | 'failed' | 'not_asked';
  /** Null unless it failed, or says why it was not asked. */
  readonly error: RowError | null;
  readonly isCut: boolean;
  readonly latencyMs: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costUsd: number | null;
  readonly attempts: number | null;
  readonly startedAt: string | null;
}

/** Why a row has no answer. */
export interface RowError {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly partialText: string | null;
}

const NOT_ASKED = new Set(['not_sent', 'cancelled']);

/** Reads the figures of a row; what is missing or of another kind counts as unknown. */
export function rowFigures({ input, answer }: ResultRow): RowFigures {
  const known: JsonObject = answer ?? {};
  const usage: JsonObject = isJsonObject(known.usage) ? known.usage : {};
  const error = known.status === 'error' ? errorOf(known.error ?? null) : null;
  return {
    model: nameIn(modelOfRow(input)) ?? '(no model named)',
    status:
      answer === null || NOT_ASKED.has(error?.code ?? '')
        ? 'not_asked'
        : error
          ? 'failed'
          : 'answered',
    error,
    isCut: error?.code === 'cut_before_text' || endsAtLimit(known),
    latencyMs: amountOf(known.latency_ms),
    inputTokens: amountOf(usage.input),
    outputTokens: amountOf(usage.output),
    costUsd: amountOf(known.cost_usd),
    attempts: amountOf(known.attempts),
    startedAt: textIn(known.started_at),
  };
}

function errorOf(value: JsonValue): RowError {
  const error: JsonObject = isJsonObject(value) ? value : {};
  return {
    code: textIn(error.code) ?? 'internal',
    message: textIn(error.message) ?? '',
    hint: textIn(error.hint),
    partialText: textIn(error.partial_text),
  };
}

function endsAtLimit({ finish_reason: reason, choices }: JsonObject): boolean {
  if (reason === 'length') return true;
  return (
    Array.isArray(choices) &&
    choices.some((choice) => isJsonObject(choice) && choice.finish_reason === 'length')
  );
}

/** A number from 0 on; null for whatever else a file may hold in its place. */
function amountOf(value: JsonValue | undefined): number | null {
  const amount = numberOf(value);
  return amount !== null && amount >= 0 && amount < Number.MAX_VALUE ? amount : null;
}
