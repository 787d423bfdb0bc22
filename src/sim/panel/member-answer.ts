import type { Random } from '../../core/clock.ts';
import { rightAnswer, solve } from '../answers/solve.ts';
import type { Asked } from '../protocols/protocol.ts';
import { findQuestion } from '../questions/question.ts';
import type { PanelSettings } from '../settings/panel-settings.ts';
import { hashText } from '../texts/hash-text.ts';
import { chanceToBeRight } from './question-difficulty.ts';

/** What a member says to a question. */
export interface MemberAnswer {
  readonly text: string;
  /** The question that it took the request for. */
  readonly question: string;
  /** Its answer; null where its text gives none. */
  readonly answer: string | null;
  readonly isRight: boolean | null;
}

interface Task {
  readonly question: string;
  readonly right: string;
  readonly wrong: (random: Random) => string;
}

/** What a prompt that is no question is answered with: one of them is right, by the prompt's text. */
const WORDS = ['alpha', 'beta', 'gamma', 'delta'];

/**
 * Answers as a member with some skill: rightly with the probability that the question has for it, else with one of the
 * wrong answers, each as likely. It ends with `Answer: …`, or without one where it is not to be read.
 *
 * @param mark the member's own turn of phrase
 */
export function memberAnswer(
  asked: Asked,
  { skill, correlation, unparsed }: PanelSettings,
  mark: string,
  random: Random,
): MemberAnswer {
  const { question, right, wrong } = taskOf(asked);
  const isRight = random() < chanceToBeRight(question, skill, correlation);
  const answer = isRight ? right : wrong(random);
  const opening = `I went over it ${mark}`;
  if (random() < unparsed) {
    const text = `${opening}, and I cannot make up my mind.`;
    return { text, question, answer: null, isRight: null };
  }
  return { text: `${opening}.\nAnswer: ${answer}`, question, answer, isRight };
}

/** A later round, or a second ask, has the question in an earlier message. */
function taskOf({ messages }: Asked): Task {
  const texts = messages.flatMap(({ role, text }) => (role === 'user' ? [text] : []));
  for (const text of texts.toReversed()) {
    const found = findQuestion(text);
    if (found === undefined) continue;
    const { text: question, right, wrong } = found;
    return { question, right, wrong: (random) => oneOf(wrong, random) };
  }
  const known = texts.findLast((text) => rightAnswer(text) !== undefined);
  const answer = known === undefined ? undefined : solve(known);
  if (known !== undefined && answer !== undefined) {
    return { question: known, right: answer.right, wrong: (random) => answer.wrong(random) };
  }
  const question = texts[0] ?? '';
  const right = WORDS[hashText(`right ${question}`) % WORDS.length] ?? '';
  const others = WORDS.filter((word) => word !== right);
  return { question, right, wrong: (random) => oneOf(others, random) };
}

function oneOf(values: readonly string[], random: Random): string {
  return values[Math.floor(random() * values.length)] ?? '';
}
