import type { JsonObject } from '../../core/json.ts';
import type { Usage } from '../../core/usage.ts';
import { type ChoiceParts, choiceOf } from '../choice-parts.ts';
import { finishReasonOf } from '../formats/finish-reason.ts';
import { countOf, objectOf, objectsOf, sumOf, textOf } from '../formats/json-reading.ts';
import { withRare } from '../formats/rare-usage.ts';
import type { AnswerFormat, ReadAnswer, ReadEvent } from '../provider.ts';
import { deltaParts, messageParts, startedParts } from './blocks.ts';

/** Anthropic's Messages API. */
export const ANTHROPIC_MESSAGES: AnswerFormat = { streamFormat: 'events', readAnswer, readEvent };

function readAnswer(body: JsonObject): ReadAnswer {
  const blocks = objectsOf(body.content);
  const word = textOf(body.stop_reason);
  const finishReason = finishReasonOf(word);
  const texts = blocks
    .filter((block) => block.type === 'text')
    .map((block) => textOf(block.text) ?? '');
  const parts = messageParts(blocks, refusalOf(body));
  return {
    // A model that has nothing to say ends its turn without any block.
    texts: blocks.length > 0 || word !== null ? [texts.join('')] : [],
    ...(parts && { choices: [choiceOf({ ...parts, finishReason, finishWord: word })] }),
    finishReason,
    finishWord: word,
    model: textOf(body.model),
    usage: usageOf(body.usage),
    id: textOf(body.id),
    serviceTier: textOf(objectOf(body.usage).service_tier),
  };
}

function readEvent(event: JsonObject): ReadEvent {
  const delta = objectOf(event.delta);
  switch (event.type) {
    case 'message_start': {
      const { model, usage, id, serviceTier } = readAnswer(objectOf(event.message));
      return { model, usage, id, serviceTier: serviceTier ?? null };
    }
    case 'content_block_start': {
      const block = objectOf(event.content_block);
      const text = block.type === 'text' ? (textOf(block.text) ?? '') : '';
      return oneDelta(text, startedParts(block, countOf(event.index) ?? 0));
    }
    case 'content_block_delta':
      return oneDelta(
        delta.type === 'text_delta' ? (textOf(delta.text) ?? '') : '',
        deltaParts(delta, countOf(event.index) ?? 0),
      );
    case 'message_delta': {
      const word = textOf(delta.stop_reason);
      const finishReason = finishReasonOf(word);
      const refusal = refusalOf(delta);
      return {
        finishReason,
        finishWord: word,
        usage: usageOf(event.usage),
        texts: finishReason === null ? [] : [''],
        ...(refusal !== undefined && { deltas: [{ choice: 0, text: '', parts: { refusal } }] }),
      };
    }
    default:
      return {};
  }
}

function oneDelta(text: string, parts: ChoiceParts | undefined): ReadEvent {
  return { deltas: [{ choice: 0, text, parts }], isOnItsWay: true };
}

/** Why the model refused, where the API says it. */
function refusalOf({ stop_details: details }: JsonObject): string | undefined {
  const { type, explanation } = objectOf(details);
  return type === 'refusal' ? (textOf(explanation) ?? undefined) : undefined;
}

/** Anthropic counts what it read from and wrote to its cache beside the other input. */
function usageOf(value: unknown): Usage {
  const usage = objectOf(value);
  const common = {
    input: sumOf(
      usage.input_tokens,
      usage.cache_read_input_tokens,
      usage.cache_creation_input_tokens,
    ),
    cached: countOf(usage.cache_read_input_tokens),
    output: countOf(usage.output_tokens),
    reasoning: countOf(objectOf(usage.output_tokens_details).thinking_tokens),
  };
  const kept = objectOf(usage.cache_creation);
  return withRare(common, usage.cache_creation_input_tokens, kept.ephemeral_1h_input_tokens);
}
