import type { JsonObject } from '../../core/json.ts';
import type { Usage } from '../../core/usage.ts';
import { type ChoiceParts, choiceOf } from '../choice-parts.ts';
import { finishReasonOf } from '../formats/finish-reason.ts';
import { countOf, objectOf, objectsOf, textOf } from '../formats/json-reading.ts';
import type { AnswerFormat, ReadAnswer, ReadEvent } from '../provider.ts';
import { isToolItem, itemParts, numbered, startedParts } from './items.ts';

/** OpenAI's Responses API. */
export const RESPONSES: AnswerFormat = { streamFormat: 'events', readAnswer, readEvent };

function readAnswer(body: JsonObject): ReadAnswer {
  const items = objectsOf(body.output);
  const messages = items.filter((item) => item.type === 'message');
  const failed = body.status === 'failed' ? (body.error ?? 'The response failed') : undefined;
  const word = finishWordOf(body, items);
  const finishReason = finishReasonOf(word);
  const parts = itemParts(items);
  return {
    texts:
      items.length === 0 && body.status !== 'incomplete'
        ? []
        : [messages.map(messageText).join('')],
    ...(parts && { choices: [choiceOf({ ...parts, finishReason, finishWord: word })] }),
    finishReason,
    finishWord: word,
    model: textOf(body.model),
    usage: usageOf(body.usage),
    id: textOf(body.id),
    serviceTier: textOf(body.service_tier),
    error: failed,
  };
}

function readEvent(event: JsonObject): ReadEvent {
  const response = objectOf(event.response);
  switch (event.type) {
    case 'response.output_text.delta':
    case 'response.refusal.delta':
      return { deltas: [{ choice: 0, text: textOf(event.delta) ?? '' }] };
    case 'response.output_text.done':
      return { texts: [textOf(event.text) ?? ''] };
    case 'response.output_item.added':
    case 'response.function_call_arguments.delta':
      return withParts(startedParts(event));
    case 'response.output_item.done': {
      // Some servers repeat nothing in the last event.
      const item = objectOf(event.item);
      const texts = item.type === 'message' ? [messageText(item)] : [];
      return { texts, ...withParts(numbered(itemParts([item]), event)) };
    }
    case 'response.completed':
    case 'response.incomplete': {
      const { error: _, ...answer } = readAnswer(response);
      return answer;
    }
    case 'response.failed':
      return { error: response.error ?? 'The response failed' };
    default: {
      // Thoughts, and what the server's own tools do, come whole with their item.
      const isOnItsWay = countOf(event.output_index) !== null;
      return { model: textOf(response.model), id: textOf(response.id), isOnItsWay };
    }
  }
}

function withParts(parts: ChoiceParts | undefined): ReadEvent {
  return parts === undefined ? { isOnItsWay: true } : { deltas: [{ choice: 0, text: '', parts }] };
}

function messageText(item: JsonObject): string {
  return objectsOf(item.content)
    .map((part) => textOf(part.text) ?? textOf(part.refusal) ?? '')
    .join('');
}

function finishWordOf(body: JsonObject, items: readonly JsonObject[]): string | null {
  if (body.status === 'incomplete') {
    return textOf(objectOf(body.incomplete_details).reason) ?? 'incomplete';
  }
  return items.some(isToolItem) ? 'tool_calls' : textOf(body.status);
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
