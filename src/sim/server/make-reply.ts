import { type AnswerSource, answerText } from '../answers/answer-source.ts';
import { textVector } from '../embeddings/text-vector.ts';
import type { Asked, Choice, Reply } from '../protocols/protocol.ts';
import { countTokens } from '../protocols/text-pieces.ts';
import { formatOf, structuredAnswer } from '../structured/structured-answer.ts';

const CHARACTERS_PER_TOKEN = 4;

interface Identity {
  readonly number: number;
  readonly wallMs: number;
}

/**
 * Makes the answer to what is asked, cut at the most tokens that are allowed: JSON where a form is asked for, vectors
 * where texts are to be embedded.
 */
export function makeReply(
  asked: Asked,
  source: AnswerSource,
  rightShare: number,
  identity: Identity,
): Reply {
  if (asked.embeds) return embedding(asked, identity);
  const format = source === 'rehearsal' ? formatOf(asked) : null;
  const choices: Choice[] = [];
  for (let index = 0; index < asked.choices; index++) {
    const text = format
      ? structuredAnswer(asked, format, index)
      : answerText(source, asked, index, rightShare);
    choices.push(cutChoice(text, asked.maxTokens));
  }
  return {
    ...replyHead(asked, identity),
    choices,
    outputTokens: choices.reduce((sum, { text }) => sum + countTokens(text), 0),
  };
}

function embedding(asked: Asked, identity: Identity): Reply {
  const choices = asked.messages.map(({ text }): Choice => {
    const vector = textVector(text, asked.embeds?.dimensions ?? undefined);
    return { text: JSON.stringify(vector), finish: 'stop' };
  });
  return { ...replyHead(asked, identity), choices, outputTokens: 0 };
}

function replyHead(asked: Asked, identity: Identity) {
  return {
    asked,
    id: `sim${identity.number.toString(36).padStart(10, '0')}`,
    createdMs: identity.wallMs,
    model: asked.model,
    inputTokens: asked.messages.reduce((sum, { text }) => sum + countTokens(text), 0),
  };
}

function cutChoice(text: string, maxTokens: number | null): Choice {
  if (maxTokens === null || countTokens(text) <= maxTokens) return { text, finish: 'stop' };
  return { text: text.slice(0, maxTokens * CHARACTERS_PER_TOKEN), finish: 'length' };
}
