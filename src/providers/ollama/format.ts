import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { type ChoiceParts, choiceOf } from '../choice-parts.ts';
import { chatParts } from '../formats/chat-parts.ts';
import { finishReasonOf } from '../formats/finish-reason.ts';
import { countOf, kindOf, objectOf, textOf } from '../formats/json-reading.ts';
import type { AnswerFormat, CallFacts, ReadAnswer, ReadEvent } from '../provider.ts';

/** Ollama's chat; its stream is the same body piece by piece, one a line. */
export const OLLAMA_CHAT: AnswerFormat = {
  streamFormat: 'lines',
  readAnswer: (body) =>
    body.done === false ? { ...readWhole(body), error: 'the answer breaks off' } : readWhole(body),
  readEvent,
};

function readWhole(body: JsonObject): ReadAnswer {
  const parts = partsOf(body);
  const facts = factsOf(body);
  return {
    ...facts,
    texts: textsOf(body),
    ...(parts && { choices: [choiceOf({ ...parts, ...facts })] }),
    usage: usageOf(body),
  };
}

function readEvent(event: JsonObject): ReadEvent {
  const parts = partsOf(event);
  return {
    ...factsOf(event),
    deltas: textsOf(event).map((text) => ({ choice: 0, text, parts })),
    ...(event.done === true ? { usage: usageOf(event) } : {}),
  };
}

function textsOf(body: JsonObject): readonly string[] {
  return isJsonObject(body.message) ? [textOf(body.message.content) ?? ''] : [];
}

/** Its tool calls stand one behind the other, without numbers, and their input is an object. */
function partsOf(body: JsonObject): ChoiceParts | undefined {
  return chatParts(body, objectOf(body.message), undefined);
}

function factsOf(body: JsonObject) {
  const word = body.done === true ? (textOf(body.done_reason) ?? 'stop') : null;
  const { content } = objectOf(body.message);
  const isText = content === undefined || content === null || typeof content === 'string';
  return {
    finishReason: finishReasonOf(word),
    finishWord: word,
    model: textOf(body.model),
    id: null,
    ...(!isText && { notText: kindOf(content) }),
  } satisfies CallFacts;
}

function usageOf(body: JsonObject) {
  return {
    input: countOf(body.prompt_eval_count),
    cached: null,
    output: countOf(body.eval_count),
    reasoning: null,
  };
}
