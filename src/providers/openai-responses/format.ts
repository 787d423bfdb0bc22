import type { JsonObject } from '../../core/json.ts';
import type { Usage } from '../../core/usage.ts';
import { finishReasonOf } from '../formats/finish-reason.ts';
import { countOf, objectOf, objectsOf, textOf } from '../formats/json-reading.ts';
import type { AnswerFormat, ReadAnswer, ReadEvent } from '../provider.ts';

/** OpenAI's Responses API. */
export const RESPONSES: AnswerFormat = { streamFormat: 'events', readAnswer, readEvent };

function readAnswer(body: JsonObject): ReadAnswer {
  const items = objectsOf(body.output);
  const messages = items.filter((item) => item.type === 'message');
  const failed = body.status === 'failed' ? (body.error ?? 'The response failed') : undefined;
  return {
    texts:
      items.length === 0 && body.status !== 'incomplete'
        ? []
        : [messages.map(messageText).join('')],
    finishReason: finishOf(body, items),
    model: textOf(body.model),
    usage: usageOf(body.usage),
    id: textOf(body.id),
    error: failed,
  };
}

function readEvent(event: JsonObject): ReadEvent {
  const response = objectOf(event.response);
  switch (event.type) {
    case 'response.output_text.delta':
    case 'response.refusal.delta':
      return { deltas: [{ choice: 0, text: textOf(event.delta) ?? '' }] };
    case 'response.completed':
    case 'response.incomplete': {
      const { texts, finishReason, model, usage, id } = readAnswer(response);
      return { finishReason, model, usage, id, texts };
    }
    case 'response.failed':
      return { error: response.error ?? 'The response failed' };
    default:
      return { model: textOf(response.model), id: textOf(response.id) };
  }
}

function messageText(item: JsonObject): string {
  return objectsOf(item.content)
    .map((part) => textOf(part.text) ?? textOf(part.refusal) ?? '')
    .join('');
}

function finishOf(body: JsonObject, items: readonly JsonObject[]): string | null {
  if (body.status === 'incomplete') {
    return finishReasonOf(objectOf(body.incomplete_details).reason) ?? 'other';
  }
  const calls = items.some((item) => item.type === 'function_call');
  return calls ? 'tool_calls' : finishReasonOf(body.status);
}

function usageOf(value: unknown): Usage {
  const usage = objectOf(value);
  return {
    input: countOf(usage.input_tokens),
    cached: countOf(objectOf(usage.input_tokens_details).cached_tokens),
    output: countOf(usage.output_tokens),
    reasoning: countOf(objectOf(usage.output_tokens_details).reasoning_tokens),
  };
}
