import { type Answer, isCut } from '../core/answer.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.ts';
import type { RowEnd } from '../store/index.ts';
import type { Outcome } from './ask-within.ts';
import { readData } from './data/index.ts';
import type { DataOutput, MapPlan } from './map-plan.ts';
import { distinctTexts } from './quality/index.ts';
import { choicesOf } from './text-choices.ts';

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

/** What a row has come to of which nothing comes out, but for its state. */
export const NO_YIELD: Omit<RowYield, 'state'> = {
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
  if (end === null) return { ...NO_YIELD, state: 'unasked' };
  const { result, answer, notes = {} } = end;
  if (typeof notes.skipped === 'string') return { ...NO_YIELD, state: 'skipped' };
  if (answer.error !== null) return failedYield(answer, notes);
  const { output } = plan;
  return output.kind === 'text'
    ? textYield(result, output, notes.truncated === true || isCut(answer))
    : dataYield(result, answer, output);
}

/** The same of what came of asking, before it is kept as a row's end. */
export function yieldOfOutcome(outcome: Outcome, { output }: Pick<MapPlan, 'output'>): RowYield {
  const { value, error, notes, objects, skipped, isRepaired = false, droppedKeys = 0 } = outcome;
  if (skipped !== undefined) return { ...NO_YIELD, state: 'skipped' };
  if (error !== null) return { ...failedYield({ error }, notes), isRepaired, droppedKeys };
  if (output.kind === 'text') return textYield(value, output, notes.truncated === true);
  const rows = objects ?? [];
  const isEmpty = rows.length === 0;
  return { ...NO_YIELD, state: 'answered', rows, isEmpty, isRepaired, droppedKeys };
}

function failedYield({ error }: Pick<Answer, 'error'>, notes: JsonObject): RowYield {
  if (error?.code === 'not_sent') return { ...NO_YIELD, state: 'unasked' };
  if (error?.code !== 'partial') {
    return { ...NO_YIELD, state: 'failed', isInvalid: error?.code === 'invalid_output' };
  }
  return { ...NO_YIELD, state: 'answered', isPartial: true, rows: objectsOf(notes.rows) };
}

function textYield(
  result: JsonValue,
  { column, near }: Extract<MapPlan['output'], { readonly kind: 'text' }>,
  isTruncated: boolean,
): RowYield {
  const all = Array.isArray(result) ? result : [result];
  const texts = all.filter((text): text is string => typeof text === 'string' && text !== '');
  const kept = all.length === 1 ? texts : distinctTexts(texts, near ?? undefined);
  return {
    ...NO_YIELD,
    state: 'answered',
    rows: kept.map((text) => ({ [column]: text })),
    isEmpty: kept.length === 0,
    isTruncated,
  };
}

/** What was kept is read again. All of it is right, or it would not have been kept; what is not all the same is told. */
function dataYield(result: JsonValue, answer: Answer, { form }: DataOutput): RowYield {
  const readings =
    answer.texts.length > 0
      ? choicesOf(answer).map(({ text, finishReason }) => readData(text, finishReason, form))
      : textsOf(result).map((text) => readData(text, 'stop', form));
  const rows = readings.flatMap(({ objects }) => objects);
  const isWrong = readings.some(({ errors }) => errors.length > 0);
  if (isWrong && rows.length === 0) return { ...NO_YIELD, state: 'failed', isInvalid: true };
  return {
    ...NO_YIELD,
    state: 'answered',
    rows,
    isPartial: isWrong,
    isEmpty: rows.length === 0,
    isRepaired: readings.some(({ repaired }) => repaired),
    droppedKeys: readings.reduce((sum, { droppedKeys }) => sum + droppedKeys, 0),
  };
}

function textsOf(value: JsonValue): readonly string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((text): text is string => typeof text === 'string');
}

function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
