import type { AnswerError } from '../core/answer.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { Question } from '../core/workflow.ts';
import type { MapPlan } from './map-plan.ts';
import { questionOf } from './row-question.ts';

/** What came of asking. */
export interface Outcome {
  readonly value: JsonValue;
  readonly error: AnswerError | null;
  /** What the row's record gets. */
  readonly notes: JsonObject;
  /** The objects that are right, where objects come out. */
  readonly objects?: readonly JsonObject[] | undefined;
  /** True where JSON had to be repaired; default false. */
  readonly isRepaired?: boolean | undefined;
  /** Keys of the objects that no column asks for; default 0. */
  readonly droppedKeys?: number | undefined;
  /** Why the row keeps nulls without being a failure; undefined: it does not. */
  readonly skipped?: string | undefined;
}

/** Asks by a name; what it names further is behind that. */
export type AskNamed = (question: Question, name: string) => Promise<Outcome>;

/**
 * Asks about a row, and sees to it where its prompt is longer than the model takes: the row fails, is left out, or is
 * asked about less of it.
 */
export async function askWithin(plan: MapPlan, row: JsonObject, ask: AskNamed): Promise<Outcome> {
  const first = await ask(questionOf(plan, row), plan.name);
  if (first.error?.code !== 'context_too_long' || plan.overflow === 'error') return first;
  if (plan.overflow === 'skip') return { ...first, error: null, skipped: 'context_too_long' };
  const { askShorter } = await import('./ask-shorter.ts');
  return askShorter(plan, row, first, ask);
}
