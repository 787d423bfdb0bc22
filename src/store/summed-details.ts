import type { Answer } from '../core/answer.ts';
import { type AnswerChoice, type AnswerDetails, toldConsortium } from '../core/answer-details.ts';
import { looserLevel } from '../core/structured-output.ts';

/** An answer that has more than its text. */
export type DetailedAnswer = Pick<Answer, 'key' | 'finishReason'> & {
  readonly details: AnswerDetails;
};

/**
 * What the answers to a row's calls have besides their texts, as one: that of its only call, or the choices of all,
 * each with the name of its call.
 *
 * @param count how many answers there are in all
 */
export function summedDetails(
  answers: readonly DetailedAnswer[],
  count: number,
): AnswerDetails | undefined {
  const [first] = answers;
  if (first === undefined || count === 1) return first?.details;
  const choices = answers.flatMap(namedChoices);
  const missing = answers.reduce((sum, { details }) => sum + (details.choicesMissing ?? 0), 0);
  const notes = [...new Set(answers.flatMap(({ details }) => details.notes ?? []))];
  const bodies = answers.flatMap(({ key, details: { raw } }) =>
    raw === undefined ? [] : [{ call: key.name, body: raw }],
  );
  const structured = loosestOf(answers);
  const consortium = toldConsortium(answers.map(({ details }) => details));
  return {
    ...(choices.length > 0 && { choices }),
    ...(structured && { structured }),
    ...(consortium && { consortium }),
    ...(missing > 0 && { choicesMissing: missing }),
    ...(notes.length > 0 && { notes }),
    ...(bodies.length > 0 && { raw: bodies }),
  };
}

/** How the answers were bound to a schema: as that which was bound least. */
function loosestOf(answers: readonly DetailedAnswer[]): AnswerDetails['structured'] {
  const levels = answers.flatMap(({ details: { structured } }) => structured ?? []);
  return levels.length === 0 ? undefined : levels.reduce(looserLevel);
}

function namedChoices({ key, finishReason, details }: DetailedAnswer): readonly AnswerChoice[] {
  const { choices, rawFinishReason } = details;
  const end = { finishReason, ...(rawFinishReason !== undefined && { rawFinishReason }) };
  const all = choices ?? (rawFinishReason === undefined ? [] : [end]);
  return all.map((choice) => ({ call: key.name, ...choice }));
}
