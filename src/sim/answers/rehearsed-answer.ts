import { plainLine } from '../../core/plain-text.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import type { Asked } from '../protocols/protocol.ts';
import { hashText } from '../texts/hash-text.ts';
import { judgedAnswer } from '../verdicts/judged-answer.ts';
import type { KnownAnswer } from './known-answer.ts';
import { answerNumberQuestion } from './number-questions.ts';
import { rephrasedAnswer } from './rephrased-answer.ts';
import { MAX_QUESTION, rightAnswer, solve } from './solve.ts';
import { answerWordQuestion } from './word-questions.ts';

/** Refers to the answer before: "Add 5 to that.", "Now reverse it." */
const BACK_REFERENCE = /\b(?:that|it|this|the (?:result|answer|number|word))\b/i;
const MAX_ECHO = 80;

/**
 * Answers a rehearsal question, right or wrong by the model's share of right answers, and gives the verdict that a judge
 * is asked for, or other words for a prompt: the same model gives the same answer to the same prompt every time. Other
 * prompts get a sentence that says what this is.
 *
 * @param rightShare Share of right answers, 0 to 1.
 */
export function rehearsedAnswer(asked: Asked, rightShare: number): string {
  const made = judgedAnswer(asked, { rightOf: rightAnswer })?.text ?? rephrasedAnswer(asked);
  if (made !== undefined) return made;
  const known = solve(asked.prompt) ?? solveFollowUp(asked);
  if (!known) {
    const beginning = plainLine(asked.prompt.slice(0, MAX_QUESTION), MAX_ECHO);
    return `I am a simulated model and know only the rehearsal questions, not this one: "${beginning}"`;
  }
  const random = seededRandom(hashText(`${asked.model}\n${asked.prompt}`));
  return random() < rightShare ? known.right : known.wrong(random);
}

/** Puts the previous answer in the place of "that", and tries again. */
function solveFollowUp({ prompt, messages }: Asked): KnownAnswer | undefined {
  if (!BACK_REFERENCE.test(prompt)) return undefined;
  const before = messages.findLast((message) => message.role === 'assistant')?.text.trim();
  if (!before) return undefined;
  const number = before.match(/-?\d+(?:\.\d+)?/g)?.at(-1);
  const asNumber = number && answerNumberQuestion(prompt.replace(BACK_REFERENCE, () => number));
  return asNumber || answerWordQuestion(prompt.replace(BACK_REFERENCE, () => `"${before}"`));
}
