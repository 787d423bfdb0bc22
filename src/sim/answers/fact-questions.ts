import { FACT_TABLES } from './fact-tables.ts';
import { entryAnswer, type KnownAnswer } from './known-answer.ts';

/** Answers questions of the fact tables; undefined if it is about none of them. */
export function answerFactQuestion(prompt: string): KnownAnswer | undefined {
  const words = ` ${prompt.toLowerCase().replace(/[^\p{L}\p{N}-]+/gu, ' ')} `;
  for (const { asks, facts } of FACT_TABLES) {
    if (!asks.test(prompt)) continue;
    const subject = Object.keys(facts).find((name) => words.includes(` ${name} `));
    const fact = subject === undefined ? undefined : facts[subject];
    if (fact !== undefined) return entryAnswer(fact, Object.values(facts));
  }
  return undefined;
}
