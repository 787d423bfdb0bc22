import type { Asked } from '../protocols/protocol.ts';
import { rehearsedAnswer } from './rehearsed-answer.ts';

/**
 * Where answers come from: `rehearsal` knows the questions of the quickstart, `echo` gives back the
 * last user message, a function gives whatever it returns.
 */
export type AnswerSource = 'rehearsal' | 'echo' | ((asked: Asked) => string);

/** The answer that stands for the choice with this number, counted from 0. */
export function answerText(
  source: AnswerSource,
  asked: Asked,
  choice: number,
  rightShare: number,
): string {
  if (typeof source === 'function') return source(asked);
  if (source === 'rehearsal') return rehearsedAnswer(asked, rightShare);
  return choice === 0 ? `echo: ${asked.prompt}` : `echo ${choice + 1}: ${asked.prompt}`;
}
