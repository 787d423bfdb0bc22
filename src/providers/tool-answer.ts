import type { AnswerChoice } from '../core/answer-details.ts';
import { isMoreThanText } from './choice-parts.ts';
import type { ReadAnswer } from './provider.ts';

/**
 * The same answer with the input of a tool as its text, where the tool was called: what was thought and said before
 * stays in its details, the call does not.
 */
export function withToolText(answer: ReadAnswer, tool: string): ReadAnswer {
  const [choice] = answer.choices ?? [];
  const call = choice?.toolCalls?.find(({ name }) => name === tool);
  if (choice === undefined || call === undefined) return answer;
  const { toolCalls: all = [], ...others } = choice;
  const toolCalls = all.filter((one) => one !== call);
  const rest: AnswerChoice = { ...others, ...(toolCalls.length > 0 && { toolCalls }) };
  return {
    ...answer,
    texts: [call.arguments],
    choices: isMoreThanText(rest) ? [rest] : undefined,
  };
}
