import { findQuestion } from '../questions/question.ts';
import { FACT_TABLES } from './fact-tables.ts';
import { entryAnswer, type KnownAnswer } from './known-answer.ts';
import { answerNumberQuestion } from './number-questions.ts';
import { answerWordQuestion } from './word-questions.ts';

/** Characters of a prompt that are searched for a question; of longer ones the end. */
export const MAX_QUESTION = 4000;

/** Finds what the last question of a prompt asks; undefined where it is none that is known. */
export function solve(prompt: string): KnownAnswer | undefined {
  const end = prompt.slice(-MAX_QUESTION);
  return (
    answerPanelQuestion(end) ??
    answerWordQuestion(end) ??
    answerFactQuestion(end) ??
    answerNumberQuestion(end)
  );
}

/** The right answer to a prompt; undefined where it is not known. */
export function rightAnswer(prompt: string): string | undefined {
  return solve(prompt)?.right;
}

/** Answers questions that were made for panels. */
function answerPanelQuestion(prompt: string): KnownAnswer | undefined {
  const question = findQuestion(prompt);
  return question && entryAnswer(question.right, question.wrong);
}

/** Answers questions of the fact tables; undefined if it is about none of them. */
function answerFactQuestion(prompt: string): KnownAnswer | undefined {
  const words = ` ${prompt.toLowerCase().replace(/[^\p{L}\p{N}-]+/gu, ' ')} `;
  for (const { asks, facts } of FACT_TABLES) {
    if (!asks.test(prompt)) continue;
    const subject = Object.keys(facts).find((name) => words.includes(` ${name} `));
    const fact = subject === undefined ? undefined : facts[subject];
    if (fact !== undefined) return entryAnswer(fact, Object.values(facts));
  }
  return undefined;
}
