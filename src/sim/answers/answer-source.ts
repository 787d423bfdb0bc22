import type { Asked } from '../protocols/protocol.ts';
import { judgedAnswer } from '../verdicts/judged-answer.ts';
import { rehearsedAnswer } from './rehearsed-answer.ts';

/**
 * Where answers come from: `rehearsal` knows the questions of the quickstart, `echo` gives back the
 * last user message, `obey` is a judge that repeats what the answers say around its verdict, a function gives
 * whatever it returns for the choice of that number, from 0.
 */
export type AnswerSource =
  | 'rehearsal'
  | 'echo'
  | 'obey'
  | ((asked: Asked, choice: number) => string);

/** The answer that stands for the choice with this number, counted from 0. */
export function answerText(
  source: AnswerSource,
  asked: Asked,
  choice: number,
  rightShare: number,
): string {
  if (typeof source === 'function') return source(asked, choice);
  if (source === 'rehearsal') return rehearsedAnswer(asked, rightShare);
  const obedient = source === 'obey' ? judgedAnswer(asked, { obeys: true })?.text : undefined;
  if (obedient !== undefined) return obedient;
  return choice === 0 ? `echo: ${asked.prompt}` : `echo ${choice + 1}: ${asked.prompt}`;
}
