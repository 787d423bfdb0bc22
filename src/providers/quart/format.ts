import type { JsonObject } from '../../core/json.ts';
import { UNKNOWN_USAGE } from '../../core/usage.ts';
import { kindOf, objectsOf, textOf } from '../formats/json-reading.ts';
import type { AnswerFormat, ReadAnswer } from '../provider.ts';

/** What a pipeline for text generation gives back; it has no stream, no usage and no finish reason. */
export const GENERATED_TEXT: AnswerFormat = {
  streamFormat: 'events',
  readAnswer,
  readEvent: () => ({}),
};

function readAnswer({ response, model }: JsonObject): ReadAnswer {
  const found =
    typeof response === 'string'
      ? [response]
      : objectsOf(response).map(({ generated_text: text }) => text ?? null);
  const other = found.find((text) => typeof text !== 'string');
  return {
    texts: found.map((text) => textOf(text) ?? ''),
    finishReason: null,
    model: textOf(model),
    usage: UNKNOWN_USAGE,
    id: null,
    ...(other !== undefined && { notText: kindOf(other) }),
  };
}
