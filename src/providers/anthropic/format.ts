import type { JsonObject } from '../../core/json.ts';
import type { Usage } from '../../core/usage.ts';
import { finishReasonOf } from '../formats/finish-reason.ts';
import { countOf, objectOf, objectsOf, sumOf, textOf } from '../formats/json-reading.ts';
import type { AnswerFormat, ReadAnswer, ReadEvent } from '../provider.ts';

/** Anthropic's Messages API. */
export const ANTHROPIC_MESSAGES: AnswerFormat = { streamFormat: 'events', readAnswer, readEvent };

function readAnswer(body: JsonObject): ReadAnswer {
  const parts = objectsOf(body.content);
  // A model that has nothing to say ends its turn without any part.
  const answered = parts.length > 0 || textOf(body.stop_reason) !== null;
  const texts = parts.filter((part) => part.type === 'text').map((part) => textOf(part.text) ?? '');
  return {
    texts: answered ? [texts.join('')] : [],
    finishReason: finishReasonOf(body.stop_reason),
    model: textOf(body.model),
    usage: usageOf(body.usage),
    id: textOf(body.id),
  };
}

function readEvent(event: JsonObject): ReadEvent {
  const delta = objectOf(event.delta);
  switch (event.type) {
    case 'message_start': {
      const { model, usage, id } = readAnswer(objectOf(event.message));
      return { model, usage, id };
    }
    case 'content_block_start':
    case 'content_block_delta':
      return {
        deltas: [
          { choice: 0, text: delta.type === 'text_delta' ? (textOf(delta.text) ?? '') : '' },
        ],
      };
    case 'message_delta': {
      const finishReason = finishReasonOf(delta.stop_reason);
      const usage = usageOf(event.usage);
      return { finishReason, usage, texts: finishReason === null ? [] : [''] };
    }
    default:
      return {};
  }
}

/** Anthropic counts what it read from and wrote to its cache beside the other input. */
function usageOf(value: unknown): Usage {
  const usage = objectOf(value);
  return {
    input: sumOf(
      usage.input_tokens,
      usage.cache_read_input_tokens,
      usage.cache_creation_input_tokens,
    ),
    cached: countOf(usage.cache_read_input_tokens),
    output: countOf(usage.output_tokens),
    reasoning: null,
  };
}
