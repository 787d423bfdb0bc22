import type { Answer } from '../core/answer.ts';
import { isCut } from '../core/answer.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import type { RowEnd } from '../store/index.ts';
import type { MapPlan } from './map-plan.ts';
import { distinctTexts } from './quality/index.ts';

/** What a row has come to. */
export interface RowYield {
  /** `unasked`: its call was not sent, or not answered. */
  readonly state: 'answered' | 'failed' | 'skipped' | 'unasked';
  /** What its new columns hold, an output row each; none: one row of nulls. */
  readonly rows: readonly JsonObject[];
  /** Of one that was answered: some of its objects are not right, and are left out. */
  readonly isPartial: boolean;
  /** Of one that failed: nothing of its answer is right. */
  readonly isInvalid: boolean;
  /** It was answered, and there is nothing in it. */
  readonly isEmpty: boolean;
  readonly isTruncated: boolean;
  readonly isRepaired: boolean;
  /** Keys of its objects that no column asked for. */
  readonly droppedKeys: number;
}

const NOTHING: Omit<RowYield, 'state'> = {
  rows: [],
  isPartial: false,
  isInvalid: false,
  isEmpty: false,
  isTruncated: false,
  isRepaired: false,
  droppedKeys: 0,
};

/** Says what comes out of a row that has ended; null: it has not. */
export function yieldOf(end: RowEnd | null, plan: Pick<MapPlan, 'output' | 'overflow'>): RowYield {
  if (end === null) return { ...NOTHING, state: 'unasked' };
  const { result, answer, notes = {} } = end;
  if (typeof notes.skipped === 'string') return { ...NOTHING, state: 'skipped' };
  const reading = isJsonObject(notes.reading) ? notes.reading : {};
  const read = {
    ...NOTHING,
    isRepaired: typeof reading.repaired === 'number',
    droppedKeys: typeof reading.dropped_keys === 'number' ? reading.dropped_keys : 0,
  };
  if (answer.error !== null) return failedYield(answer, notes, read);
  return plan.output.kind === 'text'
    ? textYield(result, answer, plan.output, notes.truncated === true)
    : dataYield(result, read);
}

function failedYield(
  { error }: Answer,
  notes: JsonObject,
  read: Omit<RowYield, 'state'>,
): RowYield {
  if (error?.code === 'not_sent') return { ...NOTHING, state: 'unasked' };
  if (error?.code !== 'partial') {
    return { ...read, state: 'failed', isInvalid: error?.code === 'invalid_output' };
  }
  return { ...read, state: 'answered', isPartial: true, rows: objectsOf(notes.rows) };
}

function textYield(
  result: JsonValue,
  answer: Answer,
  { column, near }: Extract<MapPlan['output'], { readonly kind: 'text' }>,
  isTruncated: boolean,
): RowYield {
  const all = Array.isArray(result) ? result : [result];
  const texts = all.filter((text): text is string => typeof text === 'string' && text !== '');
  const kept = all.length === 1 ? texts : distinctTexts(texts, near ?? undefined);
  return {
    ...NOTHING,
    state: 'answered',
    rows: kept.map((text) => ({ [column]: text })),
    isEmpty: kept.length === 0,
    isTruncated: isTruncated || isCut(answer),
  };
}

function dataYield(result: JsonValue, read: Omit<RowYield, 'state'>): RowYield {
  const rows = objectsOf(result);
  return { ...read, state: 'answered', rows, isEmpty: rows.length === 0 };
}

function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
