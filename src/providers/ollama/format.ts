import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { finishReasonOf } from '../formats/finish-reason.ts';
import { countOf, objectOf, textOf } from '../formats/json-reading.ts';
import type { AnswerFormat, ReadAnswer, ReadEvent } from '../provider.ts';

/** Ollama's chat; its stream is the same body piece by piece, one a line. */
export const OLLAMA_CHAT: AnswerFormat = {
  streamFormat: 'lines',
  readAnswer: (body) =>
    body.done === false ? { ...readPiece(body), error: 'the answer breaks off' } : readPiece(body),
  readEvent,
};

function readPiece(body: JsonObject): ReadAnswer {
  const { content } = objectOf(body.message);
  return {
    texts: isJsonObject(body.message) ? [textOf(content) ?? ''] : [],
    finishReason: body.done === true ? (finishReasonOf(body.done_reason) ?? 'stop') : null,
    model: textOf(body.model),
    usage: {
      input: countOf(body.prompt_eval_count),
      cached: null,
      output: countOf(body.eval_count),
      reasoning: null,
    },
    id: null,
  };
}

function readEvent(event: JsonObject): ReadEvent {
  const { texts, finishReason, model, usage } = readPiece(event);
  return {
    deltas: texts.map((text) => ({ choice: 0, text })),
    finishReason,
    model,
    ...(event.done === true ? { usage } : {}),
  };
}
