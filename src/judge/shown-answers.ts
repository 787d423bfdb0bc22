import { fenced } from './fence.ts';
import { MASK } from './mask-names.ts';

/** As many answers as there are labels of one letter. */
export const MAX_SHOWN_ANSWERS = 26;

/** An answer as a judge sees it. */
export interface ShownAnswer {
  readonly label: string;
  readonly text: string;
}

/** What a judge of several answers is shown. */
export interface AnswersTask {
  /** What is to be done, before the fences. */
  readonly instruction: string;
  readonly prompt: string;
  /** In the order in which they are shown, at most 26. */
  readonly answers: readonly ShownAnswer[];
  /** Of all fences; none of the texts may hold it. */
  readonly key: string;
}

/** The label of the answer at a place, counted from 0: A, B, …, Z. */
export function answerLabel(index: number): string {
  if (!Number.isInteger(index) || index < 0 || index >= MAX_SHOWN_ANSWERS) {
    throw new RangeError(`no label for answer ${index}: at most ${MAX_SHOWN_ANSWERS} can be shown`);
  }
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

/** Else an answer that speaks of models reads as if its writer had left gaps in it. */
const WITHOUT_NAMES =
  `Where an answer has ${MASK}, a name of a model or of its maker was taken out, so that nobody can tell whose answer it ` +
  'is: this is no fault of the answer.';

/** True where a name was taken out of one of the answers. */
export function lackNames(answers: readonly ShownAnswer[]): boolean {
  return answers.some(({ text }) => text.includes(MASK));
}

/**
 * Writes the task of a judge of several answers, the same for every model: the instruction, the prompt and each answer
 * between fences on lines of their own. `verdictMessages` writes the form of the verdict behind it.
 */
export function answersTask({ instruction, prompt, answers, key }: AnswersTask): string {
  if (answers.length > MAX_SHOWN_ANSWERS) {
    throw new RangeError(`at most ${MAX_SHOWN_ANSWERS} answers can be shown`);
  }
  const shown = answers.map(({ label, text }) => fenced('answer', key, text, { label }));
  const told = lackNames(answers)
    ? `${instruction.trim()}\n\n${WITHOUT_NAMES}\n`
    : `${instruction.trim()}\n`;
  return [told, fenced('prompt', key, prompt), ...shown].join('');
}
