/** The kinds of questions whose text tells the truth. */
export const QUESTION_KINDS = ['yesno', 'choice', 'number'] as const;

export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** A question of which every simulated model can find out the right answer, by its text alone. */
export interface Question {
  readonly kind: QuestionKind;
  /** The question as it was found, single-spaced: the same one wherever it stands. */
  readonly text: string;
  readonly right: string;
  /** The wrong answers, among which a wrong one is drawn. */
  readonly wrong: readonly string[];
}

/** How far from the truth a wrong number may be. */
const MOST_OFF = 10;

const YES_OR_NO = /\bIs (\d{1,12}) \+ (\d{1,12}) equal to (\d{1,13})\?\s{1,9}Answer yes or no\./;
const CHOICE =
  /\bWhat is (\d{1,12}) \+ (\d{1,12})\?\s{1,9}A\) (\d{1,13})\s{1,9}B\) (\d{1,13})\s{1,9}C\) (\d{1,13})\s{1,9}D\) (\d{1,13})\s{1,9}Answer with one letter\./;
const NUMBER = /\bWhat is (\d{1,12}) \+ (\d{1,12})\?\s{1,9}Answer with a number\./;

/** Finds a question in a text, the first of its kind; undefined when there is none that is written as these are. */
export function findQuestion(text: string): Question | undefined {
  return yesOrNo(text) ?? choice(text) ?? number(text);
}

function yesOrNo(text: string): Question | undefined {
  const found = YES_OR_NO.exec(text);
  if (!found) return undefined;
  const isTrue = sum(found) === Number(found[3]);
  return question('yesno', found[0], isTrue ? ['yes', 'no'] : ['no', 'yes']);
}

function choice(text: string): Question | undefined {
  const found = CHOICE.exec(text);
  if (!found) return undefined;
  const letters = ['A', 'B', 'C', 'D'];
  const right = letters.find((_, index) => Number(found[3 + index]) === sum(found));
  if (right === undefined) return undefined;
  return question('choice', found[0], [right, ...letters.filter((letter) => letter !== right)]);
}

function number(text: string): Question | undefined {
  const found = NUMBER.exec(text);
  if (!found) return undefined;
  const right = sum(found);
  const wrong = Array.from({ length: MOST_OFF }, (_, index) => [
    right - index - 1,
    right + index + 1,
  ]);
  return question('number', found[0], [right, ...wrong.flat()].map(String));
}

function sum(found: RegExpExecArray): number {
  return Number(found[1]) + Number(found[2]);
}

function question(
  kind: QuestionKind,
  text: string,
  [right = '', ...wrong]: readonly string[],
): Question {
  return { kind, text: text.replace(/\s+/g, ' '), right, wrong };
}
