import { type AnswerSource, answerText } from '../answers/answer-source.ts';
import type { Asked, Choice, Reply } from '../protocols/protocol.ts';
import { countTokens } from '../protocols/text-pieces.ts';

const CHARACTERS_PER_TOKEN = 4;

/** Makes the answer to what is asked, cut at the most tokens that are allowed. */
export function makeReply(
  asked: Asked,
  source: AnswerSource,
  rightShare: number,
  identity: { readonly number: number; readonly wallMs: number },
): Reply {
  const choices: Choice[] = [];
  for (let index = 0; index < asked.choices; index++) {
    choices.push(cutChoice(answerText(source, asked, index, rightShare), asked.maxTokens));
  }
  return {
    asked,
    id: `sim${identity.number.toString(36).padStart(10, '0')}`,
    createdMs: identity.wallMs,
    model: asked.model,
    choices,
    inputTokens: asked.messages.reduce((sum, { text }) => sum + countTokens(text), 0),
    outputTokens: choices.reduce((sum, { text }) => sum + countTokens(text), 0),
  };
}

function cutChoice(text: string, maxTokens: number | null): Choice {
  if (maxTokens === null || countTokens(text) <= maxTokens) return { text, finish: 'stop' };
  return { text: text.slice(0, maxTokens * CHARACTERS_PER_TOKEN), finish: 'length' };
}
